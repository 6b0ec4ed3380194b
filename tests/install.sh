#!/bin/sh
# What the tests need besides Python and Node: a browser, Chinese fonts, a QR reader. As root it is installed.
set -eu
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
fc-list 2>/dev/null | grep -q "Noto Sans CJK" || missing="$missing fonts-noto-cjk"
ldconfig -p 2>/dev/null | grep -q libzbar.so.0 || missing="$missing libzbar0"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need these Debian packages; please install them:$missing" >&2
  exit 1
fi
apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing fontconfig >/dev/null
