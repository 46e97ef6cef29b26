/** Keeps SIGUSR1 from opening Node's inspector; an option of Node since 22.14 and 23.7. */
export const NO_INSPECTOR = '--disable-sigusr1'
