#pragma once

#include <cstdint>
#include <span>

namespace xgrad {

// Matrices are dense and row-major, those of one `size` square. Each function runs on one thread; calls from several
// threads are fine. Not 0 is returned for a matrix that cannot be factored: the row, from 1, where that shows.

/// Replaces a matrix by factors of its transpose, L and U in one; `pivots`, of `size` elements, says which rows were
/// exchanged. Factors are complete also for a singular matrix, whose U has a 0 on its diagonal at the row returned.
std::int64_t lapack_lu(float* matrix, std::int64_t size, std::span<int> pivots);
std::int64_t lapack_lu(double* matrix, std::int64_t size, std::span<int> pivots);

/// Replaces a matrix by its inverse. Takes workspace from the heap.
std::int64_t lapack_inverse(float* matrix, std::int64_t size);
std::int64_t lapack_inverse(double* matrix, std::int64_t size);

/// Replaces `right`, of `columns` columns, by the solution x of matrix x = right, and the matrix by its factors. Takes
/// workspace from the heap.
std::int64_t lapack_solve(float* matrix, std::int64_t size, float* right, std::int64_t columns);
std::int64_t lapack_solve(double* matrix, std::int64_t size, double* right, std::int64_t columns);

/// Replaces the lower triangle of a symmetric matrix by its lower Cholesky factor; what is above it is neither read nor
/// written.
std::int64_t lapack_cholesky(float* matrix, std::int64_t size);
std::int64_t lapack_cholesky(double* matrix, std::int64_t size);

/// Replaces a matrix, of no fewer rows than columns, by one of orthonormal columns and writes the upper triangular `r`
/// with which their product is the matrix, zeros below its diagonal included. Takes workspace from the heap, as all of
/// the following.
void lapack_qr(float* matrix, std::int64_t rows, std::int64_t columns, float* r);
void lapack_qr(double* matrix, std::int64_t rows, std::int64_t columns, double* r);

/// Replaces a symmetric matrix, of which the lower triangle is read, by its eigenvectors, in columns, and writes the
/// eigenvalues in ascending order.
std::int64_t lapack_eigh(float* matrix, std::int64_t size, float* values);
std::int64_t lapack_eigh(double* matrix, std::int64_t size, double* values);

/// Writes the singular values in descending order and, unless both are null, as many left singular vectors, in the
/// columns of `u`, and right ones, in the rows of `vt`. Destroys the matrix.
std::int64_t lapack_svd(float* matrix, std::int64_t rows, std::int64_t columns, float* u, float* values, float* vt);
std::int64_t lapack_svd(double* matrix, std::int64_t rows, std::int64_t columns, double* u, double* values, double* vt);

}  // namespace xgrad
