/** Prints what making the bridge would change on the computer it runs on: `node … bridge-plan.ts [NIC] [NAME]`. */
import { planBridgeHere } from '../../electron/host/bridge/plan-bridge'

const [nic, bridge] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await planBridgeHere({ nic, bridge })))
