"""What kind of document a file is, by its name and by how it begins."""

from pathlib import PurePath

_SUFFIXES = {
    "markdown": "markdown md mdown mdx mkd",
    "json": "geojson ipynb json json5 jsonc jsonl ndjson webmanifest",
    "csv": "csv tab tsv",
    "html": "htm html xhtml",
    "pdf": "pdf",
    "code": """
        asm awk bash bat bzl c cc cfg clj cljs cmake cmd conf cpp cs css cu cxx dart diff ebnf el elm
        erl ex exs f f90 fish fs fsx gd glsl go gql gradle graphql groovy h hcl hh hpp hrl hs hxx ini
        java jl js jsx kt kts less lisp lua m mjs mk ml mli mm nim nix patch php pl pm proto ps1 pxd py
        pyi pyx r rb rkt rs s sass scala scm scss sh sol sql svelte swift tcl tf thrift toml ts tsx
        v vb vhd vim vue xml xsd xsl yaml yml zig zsh
    """,
}
_NAMES = {
    "code": """
        brewfile build cmakelists.txt containerfile dockerfile gemfile gnumakefile jenkinsfile justfile
        makefile procfile rakefile vagrantfile workspace
    """,
}
_BEGINNINGS = {b"<!doctype html": "html", b"<html": "html", b"#!": "code"}

_BY_SUFFIX = {f".{suffix}": kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_BY_NAME = {name: kind for kind, names in _NAMES.items() for name in names.split()}

_PDF_HEADER = b"%PDF-"


def kind_of(name: str, content: bytes) -> str:
    """``markdown``, ``json``, ``csv``, ``html``, ``pdf``, ``code``, or ``text`` where nothing says otherwise.

    A PDF's header outweighs the file's name, since its bytes are no text whatever they are called.
    """
    if content.startswith(_PDF_HEADER):
        return "pdf"
    name = name.lower()
    known = _BY_NAME.get(name) or _BY_SUFFIX.get(PurePath(name).suffix)
    return known or _by_beginning(content[:200].lstrip().lower())


def _by_beginning(head: bytes) -> str:
    return next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), "text")
