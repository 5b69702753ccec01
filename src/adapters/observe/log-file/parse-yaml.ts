// Apart, so that it can be loaded late; imported by name, a CommonJS module is the same bundled or not.
export { parse as parseYaml } from 'yaml'
