// The pages that go along with the package: those for its users, without a link that leads out of it.

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** What a release has beside its code. */
const COPIED = ["LICENSE-MIT", "LICENSE-APACHE", "docs/storm.svg"];
/** For those who change the package. */
const INTERNAL = ["docs/design.md", "docs/releasing.md", "docs/testing.md"];
const FOR_THE_REPOSITORY = /<!-- repository -->[\s\S]*?<!-- \/repository -->\n*/g;
/** Of another file: a link with neither a scheme nor only a fragment. */
const LINK = /\[([^\]]+)\]\((?![a-z]+:)([^)#\s]+)(#[^)\s]*)?\)/g;

/** Copies them from the repository's `root` to the package in `pkg`. */
export function copyPages(root, pkg) {
  const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  const pages = ["README.md", ...docs.map((name) => `docs/${name}`)].filter(
    (page) => !INTERNAL.includes(page),
  );
  mkdirSync(join(pkg, "docs"), { recursive: true });
  copyFileSync(join(root, "pkg-template/CHANGELOG.md"), join(pkg, "CHANGELOG.md"));
  for (const file of COPIED) copyFileSync(join(root, file), join(pkg, file));
  for (const page of pages) {
    const there = (link) => {
      const target = normalize(join(dirname(page), link));
      return pages.includes(target) || existsSync(join(pkg, target));
    };
    writeFileSync(join(pkg, page), forUsers(readFileSync(join(root, page), "utf8"), there));
  }
}

/** A page without what only the repository has. Of a link to it, the words stay. */
function forUsers(text, there) {
  return text
    .replace(FOR_THE_REPOSITORY, "")
    .replace(LINK, (link, words, target) => (there(target) ? link : words));
}
