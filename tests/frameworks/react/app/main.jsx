import { Component, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { parameters } from "./parameters.js";

/** Shows what went wrong in a scene. */
class Boundary extends Component {
  state = { error: null };

  static getDerivedStateFromError(error) {
    return { error };
  }

  render() {
    return this.state.error ? <p role="alert">{String(this.state.error)}</p> : this.props.children;
  }
}

const scenes = import.meta.glob("./scenes/*.jsx");
const { default: Scene } = await scenes[`./scenes/${parameters.get("scene")}.jsx`]();
const scene = (
  <Boundary>
    <Scene />
  </Boundary>
);
createRoot(document.getElementById("root")).render(
  parameters.has("strict") ? <StrictMode>{scene}</StrictMode> : scene,
);
