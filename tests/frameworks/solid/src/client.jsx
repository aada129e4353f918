import { hydrate } from "solid-js/web";
import { Application } from "./Application.jsx";

hydrate(() => <Application />, document.getElementById("application"));
document.body.setAttribute("data-hydrated", "");
