/** A row's version is that of a package which its project installs. */
export function of(name) {
  return (project) => project.version(name);
}
