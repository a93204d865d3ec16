#!/usr/bin/env bash
# Installs the programs that the tests use: through apt where they are missing and that is permitted; else says what to install.
set -eu

missing=()
has() { command -v "$1" >/dev/null 2>&1; }
has chromium || missing+=(chromium)
# the same browser without windows: the tests take five times less of it
has chromium-headless-shell || missing+=(chromium-headless-shell)
{ has fc-list && fc-list ':lang=zh-cn' family | grep -q .; } || missing+=(fonts-noto-cjk fontconfig)
has soffice || missing+=(libreoffice-writer-nogui)
# the spreadsheet program has no command of its own
{ has soffice && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" ]; } || missing+=(libreoffice-calc-nogui)
has nginx || missing+=(nginx-light)
has caddy || missing+=(caddy)
{ has sshd || [ -x /usr/sbin/sshd ]; } || missing+=(openssh-server)
has rsync || missing+=(rsync)
has faketime || missing+=(faketime)
has lowntfs-3g || missing+=(ntfs-3g)
has npm || missing+=(npm)
has java || missing+=(default-jre-headless)

# axe-core, Lighthouse and the Nu Html Checker, locked in tests/browser/package-lock.json
node_modules() {
	[ tests/browser/node_modules/.package-lock.json -nt tests/browser/package-lock.json ] ||
		npm ci --prefix tests/browser --no-audit --no-fund --silent
}

if [ ${#missing[@]} -eq 0 ]; then
	node_modules
	exit 0
fi

if [ "$(id -u)" -eq 0 ]; then as_root=(); elif has sudo && sudo -n true 2>/dev/null; then as_root=(sudo); else as_root=(false); fi
if has apt-get && [ "${as_root[*]:-}" != false ]; then
	echo "Installing for the tests: ${missing[*]}"
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq update
	# a service must not start by itself: the tests start their own on a free port
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
		apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
	node_modules
	exit 0
fi
echo "The tests need programs that are not here. Install them, then run “make test” again:" >&2
echo "    apt-get install ${missing[*]}" >&2
exit 1
