window.names = Object.getOwnPropertyNames(window);
