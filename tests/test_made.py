"""What a build made, told by what differs from what it was."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from generator.base.staging import Written
from generator.build.made import Made


def written(name):
    return Written(path=name, sha256=name * 2, size=len(name), time=7, changed=False)


names = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
notes = st.sampled_from(["", "x", "y"])


@given(old=names, new=names, data=st.data())
def test_what_differs_and_what_was_give_all_that_is(old, new, data):
    before = Made(
        fingerprint="1", files=tuple(map(written, old)), notes=tuple(data.draw(notes, label=name) for name in old)
    )
    kept = {file.path: (file, note) for file, note in zip(before.files, before.notes, strict=True)}
    stays = data.draw(st.sets(st.sampled_from(old)) if old else st.just(set()))
    rows = [kept[name] if name in stays else (written(name), data.draw(notes, label=name)) for name in new]
    now = Made(fingerprint="2", files=tuple(file for file, _ in rows), notes=tuple(note for _, note in rows))
    since = pickle.loads(pickle.dumps(now.since(before)))
    assert since.on(pickle.loads(pickle.dumps(before))) == now
    assert sum(map(len, since.new)) <= len(set(new) - stays)


def test_of_what_is_as_it_was_nothing_is_told():
    before = Made(fingerprint="1", files=tuple(map(written, "abcd")), notes=("", "x", "", "y"))
    assert before.since(before)[1:] == ([(0, 4)], [[], []])
