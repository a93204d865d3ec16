"""What SSH says when it cannot connect, and what a person is to do about it."""

from __future__ import annotations

import re

_ROWS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile("REMOTE HOST IDENTIFICATION HAS CHANGED"),
        (
            "the server shows another key than before. Ask whoever runs it whether it was set up afresh; if it was, "
            "forget the old key (ssh-keygen -R {host}) and connect once by hand (ssh {host}). If nobody knows of it, "
            "do not publish."
        ),
    ),
    (
        re.compile("Host key verification failed"),
        (
            "this machine does not know the server's key yet. Connect once by hand (ssh {host}), compare the "
            "fingerprint with the one that whoever runs the server gives you, answer yes, and publish again."
        ),
    ),
    (
        re.compile(r"Permission denied \(|Too many authentication failures"),
        (
            "the server does not let you in. Check the user's name; have your public key added there "
            "(ssh-copy-id {host}), or name the key: --ssh “ssh -i KEY”."
        ),
    ),
    (re.compile("Could not resolve hostname"), "there is no server of this name. Check how it is written."),
    (re.compile("Connection refused"), "the server takes no SSH connection. Check the port: ssh://user@host:port/path"),
    (
        re.compile("timed out|No route to host|Network is unreachable"),
        "the server does not answer. Check the network, the firewall and the address.",
    ),
)


def what_to_do(said: str, host: str) -> str:
    """What to do about what SSH said; empty: nothing is known about it."""
    return next((words.replace("{host}", host) for pattern, words in _ROWS if pattern.search(said)), "")
