import type { MessageShape } from './protobuf.ts'

// Fields of the Container Runtime Interface (k8s.io/cri-api, api.proto); v1 and v1alpha2 have the same numbers.

const PodMetadata: MessageShape = {
  1: ['name', 'string'],
  2: ['uid', 'string'],
  3: ['namespace', 'string'],
  4: ['attempt', 'number'],
}
const ContainerMetadata: MessageShape = { 1: ['name', 'string'], 2: ['attempt', 'number'] }
const ImageSpec: MessageShape = { 1: ['image', 'string'] }
const WrappedNumber: MessageShape = { 1: ['value', 'number'] }
const FilesystemUsage: MessageShape = {
  2: ['fsId', { message: { 1: ['mountpoint', 'string'] } }],
  3: ['usedBytes', { message: WrappedNumber }],
  4: ['inodesUsed', { message: WrappedNumber }],
}

/** The answers that are read, by the call they answer. */
export const CRI_ANSWERS = {
  Version: { 2: ['runtimeName', 'string'], 3: ['runtimeVersion', 'string'] },
  Status: { 2: ['info', 'map'] },
  ListPodSandbox: {
    1: [
      'items',
      {
        messages: {
          1: ['id', 'string'],
          2: ['metadata', { message: PodMetadata }],
          3: ['state', 'number'],
          4: ['createdAt', 'number'],
        },
      },
    ],
  },
  ListContainers: {
    1: [
      'containers',
      {
        messages: {
          1: ['id', 'string'],
          2: ['podSandboxId', 'string'],
          3: ['metadata', { message: ContainerMetadata }],
          4: ['image', { message: ImageSpec }],
          5: ['imageRef', 'string'],
          6: ['state', 'number'],
          7: ['createdAt', 'number'],
        },
      },
    ],
  },
  ListContainerStats: {
    1: [
      'stats',
      {
        messages: {
          1: ['attributes', { message: { 1: ['id', 'string'] } }],
          4: ['writableLayer', { message: FilesystemUsage }],
        },
      },
    ],
  },
  ListImages: {
    1: [
      'images',
      {
        messages: {
          1: ['id', 'string'],
          2: ['repoTags', 'strings'],
          3: ['repoDigests', 'strings'],
          4: ['size', 'number'],
          8: ['pinned', 'boolean'],
        },
      },
    ],
  },
  ImageFsInfo: { 1: ['imageFilesystems', { messages: FilesystemUsage }] },
} as const satisfies Record<string, MessageShape>
export type CriCall = keyof typeof CRI_ANSWERS

/** The service that each call belongs to. */
export const SERVICE_OF: Readonly<Record<CriCall, 'RuntimeService' | 'ImageService'>> = {
  Version: 'RuntimeService',
  Status: 'RuntimeService',
  ListPodSandbox: 'RuntimeService',
  ListContainers: 'RuntimeService',
  ListContainerStats: 'RuntimeService',
  ListImages: 'ImageService',
  ImageFsInfo: 'ImageService',
}
