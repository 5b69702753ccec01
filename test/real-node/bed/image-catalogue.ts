/** The images that the test bed can make: their tags, and how many random bytes they hold. */
export const ALL_IMAGES = {
  pause: { tag: '3.2', mebibytes: 0 },
  busybox: { tag: '1.35', mebibytes: 1 },
  app1: { tag: '1.0', mebibytes: 40 },
  app2: { tag: '1.0', mebibytes: 80 },
  app3: { tag: '1.0', mebibytes: 120 },
  app4: { tag: '1.0', mebibytes: 160 },
  app5: { tag: '1.0', mebibytes: 200 },
  app6: { tag: '1.0', mebibytes: 240 },
  app7: { tag: '1.0', mebibytes: 60 },
  app8: { tag: '1.0', mebibytes: 100 },
  app9: { tag: '1.0', mebibytes: 140 },
  app10: { tag: '1.0', mebibytes: 180 },
} as const

export type ImageName = keyof typeof ALL_IMAGES

/** What every node needs: the sandbox of every pod, and the image of pods that name none. */
export const EVERY_NODE_HAS = ['busybox', 'pause'] as const satisfies readonly ImageName[]

export const isImageName = (name: string): name is ImageName => Object.hasOwn(ALL_IMAGES, name)
