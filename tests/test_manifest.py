"""The list of an output's files, changed where it stands: byte for byte that of all files."""

from hypothesis import example, given
from hypothesis import strategies as st

from generator.base.manifest import manifest_after, manifest_of

paths = st.text(st.sampled_from('ab/".: 整{'), min_size=1, max_size=4)
listed = st.dictionaries(paths, st.tuples(st.sampled_from(["11", "22"]), st.integers(0, 9)), max_size=6)


def files(found):
    return [(path, *rest) for path, rest in found.items()]


@given(listed, st.sets(paths), listed)
@example({"a": ("11", 1)}, {"a"}, {})
@example({}, {"a"}, {"a": ("11", 1)})
@example({": ": ("11", 0)}, {": "}, {})
def test_a_manifest_that_was_changed_is_that_of_the_files_that_are_there(before, gone, new):
    whole = {path: rest for path, rest in before.items() if path not in gone} | new
    after = manifest_after(manifest_of(files(before)), gone, files(new))
    assert after == manifest_of(files(whole)) or (after is None and any('"' in path for path in (*before, *new)))


def test_what_no_build_wrote_is_not_changed():
    for data in (b"", b"{}", b'{"files": {}}', manifest_of([("a", "11", 1)])[:-1]):
        assert manifest_after(data, [], []) is None
