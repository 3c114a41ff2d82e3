# code_server.sh FOLDER: VS Code as a server, and the driver of its browser.
#
# Its native parts are built here: the prebuilt ones come from elsewhere. A newer one does not start without a network.
set -euo pipefail
folder=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
. "$(dirname "$0")/stage.sh"

mkdir -p "$folder"
cd "$folder"
echo '{"private": true}' >package.json
# `yes`: a part fetches what it builds with by npx.
export npm_config_yes=true npm_config_fund=false npm_config_audit=false npm_config_progress=false
retry npm install --ignore-scripts code-server@4.100.3 playwright-core@1
npm_config_build_from_source=true retry npm rebuild argon2

cd node_modules/code-server/lib/vscode
retry npm install --omit=dev --ignore-scripts
retry npm rebuild node-pty @vscode/spdlog native-watchdog @parcel/watcher
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sf /usr/bin/rg node_modules/@vscode/ripgrep/bin/rg
touch "$folder/ready"
