import { valueAt } from './series.ts'

/**
 * Solves `matrix · x = right` for the first `size` unknowns by Gaussian elimination; `matrix` is symmetric,
 * positive, `width` wide, and read below its diagonal only. Unknowns that nothing decides come out as 0.
 */
export function solve(matrix: Float64Array, right: Float64Array, size: number, width: number): Float64Array {
  const rows = Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size + 1 }, (__, column) =>
      column < size
        ? valueAt(matrix, Math.max(row, column) * width + Math.min(row, column))
        : valueAt(right, row),
    ),
  )
  rows.forEach((pivot, column) => {
    const head = valueAt(pivot, column)
    if (!(head > 1e-12)) return pivot.fill(0)
    for (const row of rows.slice(column + 1)) subtract(row, pivot, valueAt(row, column) / head, column)
  })
  const solution = new Float64Array(size)
  for (let row = size - 1; row >= 0; row--) {
    const values = rows[row] ?? solution
    let sum = valueAt(values, size)
    for (let column = row + 1; column < size; column++)
      sum -= valueAt(values, column) * valueAt(solution, column)
    solution[row] = valueAt(values, row) > 0 ? sum / valueAt(values, row) : 0
  }
  return solution
}

function subtract(row: Float64Array, pivot: Float64Array, factor: number, from: number): void {
  for (let column = from; column < row.length; column++)
    row[column] = valueAt(row, column) - factor * valueAt(pivot, column)
}
