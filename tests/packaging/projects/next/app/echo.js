"use client";

import { useEffect, useState } from "react";
import { SteadySocket } from "steadysocket";
import { echo } from "../src/echo.js";

export function Echo() {
  const [answer, setAnswer] = useState("");
  useEffect(() => {
    const url = new URLSearchParams(location.search).get("echo");
    echo(new SteadySocket(url)).then(setAnswer);
  }, []);
  return <output>{answer}</output>;
}
