import { FixRecords } from '../../../electron/services/fix-records'
import { type Failure, PatchbayError } from '../../../shared/failure'
import type { ControlLine, HelperEvent } from '../../../shared/helper/protocol'
import type { OpenFiles, SnapshotDigest } from '../../../shared/snapshot/snapshot'
import type { TransactionSummary } from '../../../shared/helper/transaction'
import type { HelperEnd, HelperRequest } from '../../../electron/services/helper-process'
import { world } from '../shared/worlds'

export const ID = '20261124-120000-0a1b'

/** Why there is no libvirt. */
export const OFFLINE: Failure = { code: 'libvirt-unreachable', message: 'no daemon', hint: 'start it' }

export const transaction = (change: Partial<TransactionSummary> = {}): TransactionSummary => ({
  id: ID,
  intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
  startedAt: 1,
  state: 'committed',
  failure: null,
  added: [],
  ...change,
})

/** A host without libvirt, and a helper that the test speaks for. */
export class FakeHost {
  host = world().host
  transactions: TransactionSummary[] = []
  requests: Omit<HelperRequest, 'onEvent'>[] = []
  said: (ControlLine | 'hung up')[] = []
  tell: (event: HelperEvent) => void = () => undefined
  end: (end: HelperEnd) => void = () => undefined

  digests: Record<string, SnapshotDigest> = {}
  files: OpenFiles = { files: [], closed: [] }

  parts = {
    sources: {
      connect: () => Promise.reject(new PatchbayError(OFFLINE)),
      socketFolder: () => null,
      leasesFolder: '/nonexistent',
      lookAtHost: () => Promise.resolve(this.host),
      watchHost: () => ({ close: () => undefined }),
      readTransactions: () => Promise.resolve(this.transactions),
      readAdditions: () => Promise.resolve([]),
      watchRecords: () => ({ close: () => undefined }),
    },
    snapshots: {
      readDigest: (id: string) => Promise.resolve(this.digests[id] ?? null),
      readOpenFiles: () => Promise.resolve(this.files),
    },
    switchNic: () => Promise.reject(new Error('not in this test')),
    planBridge: () => Promise.reject(new Error('not in this test')),
    readDoctorFacts: () => Promise.reject(new Error('not in this test')),
    fixRecords: new FixRecords('/nonexistent'),
    runHelper:
      () =>
      ({ onEvent, ...request }: HelperRequest) => {
        this.requests.push(request)
        this.tell = onEvent
        const ended = new Promise<HelperEnd>((resolve) => {
          this.end = resolve
        })
        return {
          control: (line: ControlLine) => void this.said.push(line),
          hangUp: () => {
            this.said.push('hung up')
            const failure = { code: 'rolled-back', message: 'Hung up.' } as const
            this.end({ event: 'rolled-back', transaction: ID, failure })
          },
          ended,
        }
      },
  }
}
