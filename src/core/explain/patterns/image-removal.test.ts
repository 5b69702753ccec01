import { testPatternFamily } from '../pattern-family.contract.ts'
import { imageRemoval } from './image-removal.ts'

testPatternFamily(imageRemoval)
