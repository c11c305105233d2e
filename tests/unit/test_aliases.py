from swarm_app.aliases import Aliases, merged
from swarm_app.contracts.documents import Excerpt

TWO_FOLDERS = {"a": {"docs": "/x/docs"}, "b": {"docs": "/y/docs"}}


def excerpt(path: str) -> Excerpt:
    return Excerpt(path=path, sha256="ab" * 32, start=1, end=1, start_char=0, end_char=4, text="text")


def test_shards_that_hold_parts_of_one_folder_share_its_name() -> None:
    assert merged({"a": {"docs": "/x/docs"}, "b": {"docs": "/x/docs"}}) == ({"docs": "/x/docs"}, {})


def test_a_name_that_means_two_folders_is_made_unique() -> None:
    roots, aliases = merged(TWO_FOLDERS)
    assert roots == {"docs": "/x/docs", "docs-2": "/y/docs"}
    assert aliases == {"b": {"docs": "docs-2"}}


def test_a_third_folder_of_one_name_is_the_third() -> None:
    roots, _ = merged({**TWO_FOLDERS, "c": {"docs": "/z/docs"}})
    assert roots["docs-3"] == "/z/docs"


def test_a_unique_name_that_is_taken_is_passed_over() -> None:
    roots, aliases = merged({"a": {"docs": "/x/docs", "docs-2": "/x/docs-2"}, "b": {"docs": "/y/docs"}})
    assert roots["docs-3"] == "/y/docs"
    assert aliases == {"b": {"docs": "docs-3"}}


def test_a_path_goes_out_of_a_shard_and_comes_back() -> None:
    aliases = Aliases({"b": {"docs": "docs-2"}})
    assert aliases.path("b", "docs/a.txt") == "docs-2/a.txt"
    assert aliases.inside("b", "docs-2/a.txt") == "docs/a.txt"


def test_only_the_whole_first_part_of_a_path_is_renamed() -> None:
    assert Aliases({"b": {"docs": "docs-2"}}).path("b", "docs-old/docs/a.txt") == "docs-old/docs/a.txt"


def test_a_document_at_the_root_is_renamed_too() -> None:
    assert Aliases({"b": {"a.txt": "a.txt-2"}}).path("b", "a.txt") == "a.txt-2"


def test_another_shard_s_folder_of_the_same_name_is_not_found_inside() -> None:
    aliases = Aliases(merged(TWO_FOLDERS)[1])
    assert aliases.inside("b", "docs/a.txt") != "docs/a.txt"
    assert aliases.inside("a", "docs/a.txt") == "docs/a.txt"


def test_a_shard_without_aliases_keeps_its_paths() -> None:
    assert Aliases({}).path("a", "docs/a.txt") == "docs/a.txt"
    assert Aliases({}).inside("a", "docs/a.txt") == "docs/a.txt"


def test_an_excerpt_goes_out_under_the_run_s_path() -> None:
    aliases = Aliases({"b": {"docs": "docs-2"}})
    assert aliases.outside("b", excerpt("docs/a.txt")) == excerpt("docs-2/a.txt")
    assert aliases.outside("a", excerpt("docs/a.txt")) == excerpt("docs/a.txt")
