/** For tools that do not look into Vue's components. */
declare module "*.vue" {
  import type { Component } from "vue";
  export default {} as Component;
}
