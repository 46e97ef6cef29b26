import type { Lab } from './types'

/** The words of the commands that Patchbay's units have, as systemd has loaded them and as they lie in files for the next boot. */
const STARTED = `
{
  for unit in $(systemctl list-units --all --plain --no-legend 'patchbay-*.service' | cut -d' ' -f1); do
    systemctl show --property=ExecStart "$unit" | sed -n 's/.* argv\\[\\]=\\(.*\\) ; ignore_errors=.*/\\1/p'
  done
  cat /etc/systemd/system/patchbay-*.service 2>/dev/null | sed -n 's/^ExecStart=//p' | tr -d '"'
} | tr ' ' '\\n' | grep ^/ | sort -u`

/** As the user themself: tries each file, what lies beside a copied runtime, and each folder on their way. */
const OPEN_TO_ME = `
for start; do
  case $start in /var/lib/patchbay/runtime/*) beside=$(ls -d "$(dirname "$start")"/*) ;; *) beside= ;; esac
  for path in "$start" $beside; do
    [ -e "$path" ] || echo "gone $path"
    path=$(readlink -f "$path")
    while :; do
      if [ -w "$path" ] || [ -O "$path" ]; then echo "open $path"; fi
      [ "$path" = / ] && break
      path=$(dirname "$path")
    done
  done
done`

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** The paths that Patchbay's units start as root: runtimes and scripts. */
export async function startedByRoot(lab: Lab): Promise<string[]> {
  return lines((await lab.exec(['sh', '-c', STARTED], { check: false })).stdout)
}

/** Those of them, and of what they lie in and load, that a user could write to, or that are not there. */
export async function openTo(lab: Lab, user: string, paths: readonly string[]): Promise<string[]> {
  return lines((await lab.exec(['sh', '-ec', OPEN_TO_ME, 'sh', ...paths], { user })).stdout)
}
