# Sourced by the need-*.sh scripts: install_packages NAME… installs Debian packages where it may, else says the exact command.
# A script may set $prepare to a command that root runs first.

# Root itself, or sudo without a question; prints nothing and fails when neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    sh -c "$1"
  else
    sudo -n sh -c "$1"
  fi
}

may_be_root() {
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "请先用本机的包管理器安装：$*" >&2
    echo "Install these with this machine's package manager first: $*" >&2
    exit 1
  fi
  if ! may_be_root; then
    echo "缺少 $*，请运行： sudo apt-get update && sudo apt-get install -y $*" >&2
    echo "$* is missing. Run: sudo apt-get update && sudo apt-get install -y $*" >&2
    exit 1
  fi
  echo "正在安装 $* … Installing $* …"
  [ -z "${prepare:-}" ] || as_root "$prepare"
  # Keeps the settings that $prepare has written, without asking.
  as_root "apt-get update -qq && UCF_FORCE_CONFFOLD=1 DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq -o Dpkg::Options::=--force-confold $* </dev/null"
}
