"""A detached signature of the manifest, made and checked with OpenSSH: `manifest.json.sig`.

`ssh-keygen -Y` comes with every Linux, macOS and Windows, reads the keys that publishers have already (also those in
an agent or on a token), and lets a citizen check a signature without this program. The key itself is never read here.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.manifest import MANIFEST

SIGNATURE = MANIFEST + ".sig"
NAMESPACE = "disclose-manifest"
"""What is signed: a signature made for anything else does not count."""


def sign(manifest: bytes, key: Path) -> bytes:
    """The signature of a manifest. `key`: a private key, or a public one whose private one an agent holds.

    Raises DiscloseError when it cannot be made.
    """
    if not key.is_file():
        raise UsageError(f"{key}: there is no such key; make one with: ssh-keygen -t ed25519 -f {key}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, MANIFEST)
        file.write_bytes(manifest)
        done = _ssh_keygen(["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)], b"")
        signature = Path(folder, SIGNATURE)
        if done.returncode or not signature.is_file():
            raise DiscloseError(f"{key}: cannot sign: {_said(done)}")
        return signature.read_bytes()


def signature_fault(manifest: bytes, signature: bytes, key: Path) -> str:
    """Why the signature is not that of the public key in the file `key` over this manifest; empty: it is.

    Raises UsageError when the file holds no public key.
    """
    try:
        if key.exists() and not key.is_file():
            raise UsageError(f"{key}: not a public key of OpenSSH; its file ends in .pub")
        public = key.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{key}: cannot be read: {error}") from error
    if len(public) < 2 or not public[0].startswith(("ssh-", "ecdsa-", "sk-")):
        raise UsageError(f"{key}: not a public key of OpenSSH; its file ends in .pub")
    with tempfile.TemporaryDirectory() as folder:
        signers, file = Path(folder, "signers"), Path(folder, SIGNATURE)
        signers.write_text(f'publisher namespaces="{NAMESPACE}" {public[0]} {public[1]}\n', "utf-8")
        file.write_bytes(signature)
        done = _ssh_keygen(
            ["-Y", "verify", "-f", str(signers), "-I", "publisher", "-n", NAMESPACE, "-s", str(file)], manifest
        )
    return "" if done.returncode == 0 else _said(done)


def _ssh_keygen(arguments: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise DiscloseError("ssh-keygen is not here, and signatures need it; install OpenSSH's client")
    return subprocess.run([program, *arguments], input=data, capture_output=True, check=False)  # noqa: S603 (no shell)


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr + done.stdout).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"ssh-keygen ended with {done.returncode}"
