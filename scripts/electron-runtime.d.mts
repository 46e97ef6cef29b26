/** Path of an Electron executable, which takes the app's folder as its first argument. */
export function electronPath(): Promise<string>

/** Whether an executable is the substitute. */
export function isSubstitute(path: string): boolean
