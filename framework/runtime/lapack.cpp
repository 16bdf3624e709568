#include <xgrad/framework/runtime/blas_threads.hpp>
#include <xgrad/framework/runtime/lapack.hpp>

#include <algorithm>
#include <vector>

// Declared here because LAPACK's own headers are one more package. Fortran passes everything by address and, unseen,
// the lengths of texts after all else.
extern "C" {
void sgetrf_(const int* m, const int* n, float* a, const int* lda, int* pivots, int* info);
void dgetrf_(const int* m, const int* n, double* a, const int* lda, int* pivots, int* info);
void sgetri_(const int* n, float* a, const int* lda, const int* pivots, float* work, const int* lwork, int* info);
void dgetri_(const int* n, double* a, const int* lda, const int* pivots, double* work, const int* lwork, int* info);
void sgetrs_(const char* trans, const int* n, const int* nrhs, const float* a, const int* lda, const int* pivots,
             float* b, const int* ldb, int* info, std::size_t);
void dgetrs_(const char* trans, const int* n, const int* nrhs, const double* a, const int* lda, const int* pivots,
             double* b, const int* ldb, int* info, std::size_t);
void spotrf_(const char* uplo, const int* n, float* a, const int* lda, int* info, std::size_t);
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info, std::size_t);
}

namespace xgrad {
namespace {

template <class T>
struct Lapack;

template <>
struct Lapack<float> {
  static constexpr auto getrf = sgetrf_;
  static constexpr auto getri = sgetri_;
  static constexpr auto getrs = sgetrs_;
  static constexpr auto potrf = spotrf_;
};

template <>
struct Lapack<double> {
  static constexpr auto getrf = dgetrf_;
  static constexpr auto getri = dgetri_;
  static constexpr auto getrs = dgetrs_;
  static constexpr auto potrf = dpotrf_;
};

// LAPACK stores columns, so it sees the transpose of every matrix here.

template <class T>
int lu(T* matrix, int size, int* pivots) {
  use_one_blas_thread();
  int info = 0;
  if (size > 0) Lapack<T>::getrf(&size, &size, matrix, &size, pivots, &info);
  return info;
}

// The inverse of the transpose is the transpose of the inverse.
template <class T>
int inverse(T* matrix, int size) {
  constexpr int columns_at_once = 32;
  const int work_size = std::max(1, size * columns_at_once);
  std::vector<int> pivots(static_cast<std::size_t>(size));
  std::vector<T> work(static_cast<std::size_t>(work_size));
  int info = lu(matrix, size, pivots.data());
  if (info == 0 && size > 0) {
    Lapack<T>::getri(&size, matrix, &size, pivots.data(), work.data(), &work_size, &info);
  }
  return info;
}

template <class T>
int solve(T* matrix, int size, T* right, int columns) {
  std::vector<int> pivots(static_cast<std::size_t>(size));
  int info = lu(matrix, size, pivots.data());
  if (info != 0 || size == 0 || columns == 0) return info;
  std::vector<T> by_columns(static_cast<std::size_t>(size) * static_cast<std::size_t>(columns));
  const auto rows = static_cast<std::size_t>(size), count = static_cast<std::size_t>(columns);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < count; ++column)
      by_columns[column * rows + row] = right[row * count + column];
  }
  Lapack<T>::getrs("T", &size, &columns, matrix, &size, pivots.data(), by_columns.data(), &size, &info, 1);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < count; ++column)
      right[row * count + column] = by_columns[column * rows + row];
  }
  return info;
}

template <class T>
int cholesky(T* matrix, int size) {
  use_one_blas_thread();
  int info = 0;
  if (size > 0) Lapack<T>::potrf("U", &size, matrix, &size, &info, 1);
  return info;
}

int narrow(std::int64_t size) { return static_cast<int>(size); }

}  // namespace

std::int64_t lapack_lu(float* matrix, std::int64_t size, std::span<int> pivots) {
  return lu(matrix, narrow(size), pivots.data());
}
std::int64_t lapack_lu(double* matrix, std::int64_t size, std::span<int> pivots) {
  return lu(matrix, narrow(size), pivots.data());
}
std::int64_t lapack_inverse(float* matrix, std::int64_t size) { return inverse(matrix, narrow(size)); }
std::int64_t lapack_inverse(double* matrix, std::int64_t size) { return inverse(matrix, narrow(size)); }
std::int64_t lapack_solve(float* matrix, std::int64_t size, float* right, std::int64_t columns) {
  return solve(matrix, narrow(size), right, narrow(columns));
}
std::int64_t lapack_solve(double* matrix, std::int64_t size, double* right, std::int64_t columns) {
  return solve(matrix, narrow(size), right, narrow(columns));
}
std::int64_t lapack_cholesky(float* matrix, std::int64_t size) { return cholesky(matrix, narrow(size)); }
std::int64_t lapack_cholesky(double* matrix, std::int64_t size) { return cholesky(matrix, narrow(size)); }

}  // namespace xgrad
