#!/bin/sh
# What the tests need besides Python and Node: browsers, Chinese fonts, a QR reader; nginx, which stands in front in
# `make faults`, and what docs/deploy.md types. As root it is installed.
set -eu
bare=chromium-headless-shell
has() { command -v "$1" >/dev/null; }
may_install() { [ "$(id -u)" = 0 ] && has apt-get; }
install() {
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

missing=""
has $bare || has chromium || missing="$missing $bare"
has firefox-esr || missing="$missing firefox-esr"
has WebKitWebDriver || missing="$missing webkit2gtk-driver"
has Xvfb || missing="$missing xvfb"
fc-list 2>/dev/null | grep -q "Noto Sans CJK" || missing="$missing fonts-noto-cjk"
ldconfig -p 2>/dev/null | grep -q libzbar.so.0 || missing="$missing libzbar0"
PATH="$PATH:/usr/sbin" has nginx || missing="$missing nginx-light"
for tool in curl rsync sqlite3; do has $tool || missing="$missing $tool"; done
if [ -n "$missing" ] && ! may_install; then
  echo "The tests need these Debian packages; please install them:$missing" >&2
  exit 1
fi
[ -z "$missing" ] || install $missing fontconfig
if ! has $bare; then
  # The whole Chromium is enough, and slower.
  { may_install && install $bare; } || echo "With the Debian package $bare the tests are done sooner." >&2
fi
