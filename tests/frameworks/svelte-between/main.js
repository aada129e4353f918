import "../svelte-oldest/main.js";
