"""A notice may be named as people name it: by id, unit, title or the file that it came as."""

import pytest

from generator.base.diagnostics import UsageError
from generator.content.naming import find_notices
from generator.model.notice import Source
from tests.samples import make_site, notice


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    files = [
        ("a-ju", "甲县水利局党组", "content/sources/水利局整改（定稿）.docx"),
        ("b-ju", "甲县教育局党组", "jyj.pdf"),
    ]
    notices = [
        notice(
            unit=unit,
            name=name,
            title=f"{name}关于第三轮巡察整改的通报",
            source=Source(file=file, format="docx", sha256="0" * 64),
        )
        for unit, name, file in files
    ]
    return make_site(tmp_path_factory.mktemp("site"), notices)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("a-ju-20240801-1", "a-ju-20240801-1"),
        ("a-ju-20240801-1.md", "a-ju-20240801-1"),
        ("甲县水利局党组", "a-ju-20240801-1"),
        ("水利局", "a-ju-20240801-1"),
        ("甲县教育局党组关于第三轮巡察整改的通报", "b-ju-20240801-1"),
        ("水利局整改（定稿）.docx", "a-ju-20240801-1"),
        ("水利局整改（定稿）", "a-ju-20240801-1"),
        ("jyj.pdf", "b-ju-20240801-1"),
    ],
)
def test_each_name_means_its_notice(site, name, id_):
    assert [path.stem for path in find_notices(site, [name])] == [id_]


def test_a_name_of_two_lists_both(site):
    with pytest.raises(UsageError) as caught:
        find_notices(site, ["甲县"])
    assert "is the name of 2 notices" in str(caught.value)
    assert {"a-ju-20240801-1", "b-ju-20240801-1"} <= set(str(caught.value).split())


def test_an_unknown_name_names_the_nearest_and_every_fault_is_told(site):
    with pytest.raises(UsageError) as caught:
        find_notices(site, ["a-ju-20240801-2", "", "甲县水利局党组"])
    first, second = str(caught.value).split("\n")
    assert first == "a-ju-20240801-2: no such notice; did you mean “a-ju-20240801-1”?"
    assert second == ": no such notice"


def test_a_file_that_is_broken_has_its_id(site):
    broken = site / "content/notices/2024/c-ju.md"
    broken.write_text("---\ntitle: [\n", encoding="utf-8")
    try:
        assert find_notices(site, ["c-ju", "水利局"])[0] == broken
    finally:
        broken.unlink()
