# One image for every process of the swarm: docker-compose.yml says which of them a container is.

FROM python:3.11-slim AS build
WORKDIR /source

# Every file that the lock names, checked against its hash. What is not needed to run stays in this stage.
COPY requirements.lock ./
RUN pip download --no-cache-dir --no-deps --require-hashes --only-binary :all: --dest /wheels --requirement requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY swarm_app swarm_app
COPY shard shard
COPY workers workers
COPY tasks tasks
RUN python -m venv --without-pip /opt/swarm \
 && pip --python /opt/swarm install --no-cache-dir --no-index --find-links /wheels .

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 swarm
COPY --from=build /opt/swarm /opt/swarm
ENV PATH=/opt/swarm/bin:$PATH \
    PYTHONUNBUFFERED=1
USER swarm
WORKDIR /home/swarm
CMD ["swarm", "--help"]
