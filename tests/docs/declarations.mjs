import { SyntaxKind } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

const DECLARATIONS = [
  SyntaxKind.ClassDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.FunctionDeclaration,
];

/**
 * What type declarations declare, by name: `bases` are the names of what it extends, and `members` all that are not
 * private, by name, each with its `text` and the names of types that stand in it, as `mentions`. Declarations of one
 * name are one.
 */
export function readDeclarations(paths) {
  const declared = new Map();
  for (const source of parse(paths)) {
    for (const node of source.statements.filter(({ kind }) => DECLARATIONS.includes(kind))) {
      const { bases, members } = declared.get(node.name.text) ?? { bases: [], members: new Map() };
      bases.push(...(node.heritageClauses ?? []).flatMap(mentions));
      for (const member of membersOf(node).filter(isPublic))
        members.set(nameOf(member), detail(member, source));
      declared.set(node.name.text, { bases, members });
    }
  }
  return declared;
}

/** The names that a module exports, but for `default`. */
export function readExports(path) {
  const [{ statements }] = parse([path]);
  const isExported = ({ modifiers }) => modifiers?.some(({ kind }) => kind === SyntaxKind.ExportKeyword);
  const isDefault = ({ modifiers }) => modifiers?.some(({ kind }) => kind === SyntaxKind.DefaultKeyword);
  const listed = statements.flatMap((node) => node.exportClause?.elements ?? []);
  const named = [...listed, ...statements.filter((node) => isExported(node) && !isDefault(node))];
  return named.map(({ name }) => name.text).filter((name) => name !== "default");
}

/** The properties of the object that a module calls `name`, each as the text of its expression. */
export function readObject(path, name) {
  const [{ statements, text }] = parse([path]);
  const variables = statements.flatMap(({ declarationList }) => declarationList?.declarations ?? []);
  const { initializer } = variables.find((variable) => variable.name.text === name);
  const expression = ({ initializer: { pos, end } }) => text.slice(pos, end).trim();
  return new Map(initializer.properties.map((property) => [property.name.text, expression(property)]));
}

function parse(paths) {
  const api = new API();
  try {
    const snapshot = api.updateSnapshot({ openFiles: paths });
    return paths.map((path) => snapshot.getDefaultProjectForFile(path).program.getSourceFile(path));
  } finally {
    api.close();
  }
}

function membersOf({ members, type }) {
  return members ?? literals(type).flatMap(({ members }) => members);
}

/** The object types that a type consists of, but for those that it names. */
function literals(type) {
  if (type?.kind === SyntaxKind.TypeLiteral) return [type];
  return type?.kind === SyntaxKind.IntersectionType ? type.types.flatMap(literals) : [];
}

function isPublic(member) {
  const isPrivate = member.modifiers?.some(({ kind }) => kind === SyntaxKind.PrivateKeyword);
  return !isPrivate && /^\w+$/.test(nameOf(member));
}

function nameOf({ kind, name }) {
  return kind === SyntaxKind.Constructor ? "constructor" : (name?.text ?? "");
}

function detail(node, source) {
  return { mentions: mentions(node), text: source.text.slice(node.pos, node.end) };
}

/** The names of the types that stand in a node. */
function mentions(node) {
  const found = [];
  const visit = (child) => {
    const name =
      child.typeName ?? (child.kind === SyntaxKind.ExpressionWithTypeArguments && child.expression);
    if (name) found.push(name.text);
    child.forEachChild(visit);
  };
  node.forEachChild(visit);
  return found;
}
