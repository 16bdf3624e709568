#include <xgrad/framework/backends/blas_threads.hpp>
#include <xgrad/framework/backends/lapack.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>
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
void sgelqf_(const int* m, const int* n, float* a, const int* lda, float* tau, float* work, const int* lwork,
             int* info);
void dgelqf_(const int* m, const int* n, double* a, const int* lda, double* tau, double* work, const int* lwork,
             int* info);
void sorglq_(const int* m, const int* n, const int* k, float* a, const int* lda, const float* tau, float* work,
             const int* lwork, int* info);
void dorglq_(const int* m, const int* n, const int* k, double* a, const int* lda, const double* tau, double* work,
             const int* lwork, int* info);
void ssyevd_(const char* jobz, const char* uplo, const int* n, float* a, const int* lda, float* w, float* work,
             const int* lwork, int* iwork, const int* liwork, int* info, std::size_t, std::size_t);
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w, double* work,
             const int* lwork, int* iwork, const int* liwork, int* info, std::size_t, std::size_t);
void sgesdd_(const char* jobz, const int* m, const int* n, float* a, const int* lda, float* s, float* u, const int* ldu,
             float* vt, const int* ldvt, float* work, const int* lwork, int* iwork, int* info, std::size_t);
void dgesdd_(const char* jobz, const int* m, const int* n, double* a, const int* lda, double* s, double* u,
             const int* ldu, double* vt, const int* ldvt, double* work, const int* lwork, int* iwork, int* info,
             std::size_t);
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
  static constexpr auto gelqf = sgelqf_;
  static constexpr auto orglq = sorglq_;
  static constexpr auto syevd = ssyevd_;
  static constexpr auto gesdd = sgesdd_;
};

template <>
struct Lapack<double> {
  static constexpr auto getrf = dgetrf_;
  static constexpr auto getri = dgetri_;
  static constexpr auto getrs = dgetrs_;
  static constexpr auto potrf = dpotrf_;
  static constexpr auto gelqf = dgelqf_;
  static constexpr auto orglq = dorglq_;
  static constexpr auto syevd = dsyevd_;
  static constexpr auto gesdd = dgesdd_;
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

/// Calls `function` twice, to ask how much workspace it wants, by a size of -1, and with that much; `info` is what it
/// says of both calls.
template <class T, class Function>
void with_workspace(const int& info, Function function) {
  const auto expect_accepted = [&] {
    if (info < 0) throw std::logic_error(fmt::format("LAPACK does not accept argument {}", -info));
  };
  T wanted = 0;
  function(&wanted, -1);
  expect_accepted();
  // Up, because a float may have rounded the size down.
  std::vector<T> work(static_cast<std::size_t>(std::nextafter(wanted, std::numeric_limits<T>::max())));
  function(work.data(), static_cast<int>(work.size()));
  expect_accepted();
}

// The transpose of q r is a lower triangle times a matrix of orthonormal rows.
template <class T>
void qr(T* matrix, int rows, int columns, T* r) {
  if (columns == 0) return;
  use_one_blas_thread();
  int info = 0;
  std::vector<T> reflectors(static_cast<std::size_t>(columns));
  with_workspace<T>(info, [&](T* work, int size) {
    Lapack<T>::gelqf(&columns, &rows, matrix, &columns, reflectors.data(), work, &size, &info);
  });
  for (int row = 0; row < columns; ++row, r += columns) {
    std::fill_n(r, row, T(0));
    std::copy_n(matrix + row * columns + row, columns - row, r + row);
  }
  with_workspace<T>(info, [&](T* work, int size) {
    Lapack<T>::orglq(&columns, &rows, &columns, matrix, &columns, reflectors.data(), work, &size, &info);
  });
}

template <class T>
int eigh(T* matrix, int size, T* values) {
  if (size == 0) return 0;
  use_one_blas_thread();
  int info = 0;
  std::vector<int> integers(static_cast<std::size_t>(3 + 5 * size));
  const int integer_count = static_cast<int>(integers.size());
  with_workspace<T>(info, [&](T* work, int work_size) {
    Lapack<T>::syevd("V", "U", &size, matrix, &size, values, work, &work_size, integers.data(), &integer_count, &info,
                     1, 1);
  });
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < row; ++column) std::swap(matrix[row * size + column], matrix[column * size + row]);
  }
  return info;
}

// LAPACK's u is the transpose of vt, and its vt that of u.
template <class T>
int svd(T* matrix, int rows, int columns, T* u, T* values, T* vt) {
  const int smaller = std::min(rows, columns);
  if (smaller == 0) return 0;
  use_one_blas_thread();
  int info = 0;
  std::vector<int> integers(8 * static_cast<std::size_t>(smaller));
  with_workspace<T>(info, [&](T* work, int size) {
    Lapack<T>::gesdd(u == nullptr ? "N" : "S", &columns, &rows, matrix, &columns, values, vt, &columns, u, &smaller,
                     work, &size, integers.data(), &info, 1);
  });
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
void lapack_qr(float* matrix, std::int64_t rows, std::int64_t columns, float* r) {
  qr(matrix, narrow(rows), narrow(columns), r);
}
void lapack_qr(double* matrix, std::int64_t rows, std::int64_t columns, double* r) {
  qr(matrix, narrow(rows), narrow(columns), r);
}
std::int64_t lapack_eigh(float* matrix, std::int64_t size, float* values) { return eigh(matrix, narrow(size), values); }
std::int64_t lapack_eigh(double* matrix, std::int64_t size, double* values) {
  return eigh(matrix, narrow(size), values);
}
std::int64_t lapack_svd(float* matrix, std::int64_t rows, std::int64_t columns, float* u, float* values, float* vt) {
  return svd(matrix, narrow(rows), narrow(columns), u, values, vt);
}
std::int64_t lapack_svd(double* matrix, std::int64_t rows, std::int64_t columns, double* u, double* values,
                        double* vt) {
  return svd(matrix, narrow(rows), narrow(columns), u, values, vt);
}

}  // namespace xgrad
