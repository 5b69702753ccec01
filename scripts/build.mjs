// `npm run build`: installs when needed, then builds the program and the page.
import { build, install, requireNode } from './installed.mjs'

requireNode()
install()
build({ anew: true })
console.log('Built dist/kubepatrol.js and the page.')
