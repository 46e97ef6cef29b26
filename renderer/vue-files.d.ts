/** For tools that don't look into .vue files, such as the linter; vue-tsc knows their real types. */
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
