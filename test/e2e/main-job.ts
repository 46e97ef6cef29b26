// The main job, step by step, for people: prints what was done and what was observed.
import { toFailure } from '../../shared/failure'
import { playMainJob } from './main-job-scene'
import { english } from '../../shared/phrases/english'

let number = 0

playMainJob(({ step, observed }) => {
  if (observed === null) process.stdout.write(`${++number}. ${step}\n`)
  else process.stdout.write(`   ${observed}\n`)
}).then(
  (folder) => process.stdout.write(`Done. Screenshots: ${folder}\n`),
  (error: unknown) => {
    process.stderr.write(`patchbay: ${english(toFailure(error).message)}\n`)
    process.exitCode = 1
  },
)
