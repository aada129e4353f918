import { createHashRouter, Link, Outlet } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Chat } from "../chat.jsx";
import { at } from "../parameters.js";

function Layout() {
  return (
    <>
      <nav>
        {["/", "/chat", "/chat/again", "/chat/other", "/late"].map((to) => (
          <Link key={to} to={to}>
            {to}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}

const router = createHashRouter([
  {
    Component: Layout,
    children: [
      { path: "/", element: <p>nothing</p> },
      { path: "/chat", element: <Chat name="chat" url={at("a")} /> },
      // As far as React can tell it is another component.
      {
        path: "/chat/again",
        element: (
          <section>
            <Chat name="again" url={at("a")} />
          </section>
        ),
      },
      { path: "/chat/other", element: <Chat key="other" name="other" url={at("b")} /> },
      {
        path: "/late",
        lazy: async () => ({ Component: () => <Chat name="late" url={at("a")} /> }),
      },
    ],
  },
]);

export default function Routes() {
  return <RouterProvider router={router} />;
}
