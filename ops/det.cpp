#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/lapack.hpp>
#include <xgrad/ops/det.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>

#include <cmath>
#include <vector>

namespace xgrad {
namespace {

/// What LU finds of a matrix's determinant: the sign of its permutation, and U's diagonal.
template <class T>
struct DiagonalFactors {
  explicit DiagonalFactors(const MatrixArguments<T>& at) {
    auto matrix = at.copy();
    const auto size = static_cast<std::size_t>(at.rows());
    std::vector<int> pivots(size);
    lapack_lu(matrix.data(), at.rows(), pivots);
    for (std::size_t row = 0; row < size; ++row) {
      if (pivots[row] != static_cast<int>(row) + 1) sign = -sign;
      factors.push_back(matrix[row * (size + 1)]);
    }
  }

  T sign = 1;
  std::vector<T> factors;
};

class Determinant : public Op {
 public:
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }
  double cost(std::span<const Extents> inputs) const override { return std::pow(inputs[0].back(), 3); }
};

/// c for each element of the transposed inverse of its matrix.
Tensor along_inverse(const Tensor& x, const Tensor& cotangent) {
  return expand_dims(cotangent, std::vector<std::int64_t>{-2, -1}) * matrix_transpose("det", inv(x));
}

class Det final : public Determinant {
 public:
  std::string_view name() const override { return "det"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {stack_like(inputs[0], {})};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) {
      const DiagonalFactors found(at);
      auto product = found.sign;
      for (auto factor : found.factors) product *= factor;
      *at.output() = product;
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return along_inverse(at.input(), at.cotangent() * at.output());
  }
};

class Slogdet final : public Determinant {
 public:
  std::string_view name() const override { return "slogdet"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {stack_like(inputs[0], {}), stack_like(inputs[0], {})};
  }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, []<class T>(const MatrixArguments<T>& at) {
      const DiagonalFactors found(at);
      T sign = found.sign;
      T logarithm = 0;
      for (T factor : found.factors) {
        sign *= factor == 0 ? T(0) : std::copysign(T(1), factor);
        logarithm += std::log(std::abs(factor));
      }
      *at.output(0) = sign;
      *at.output(1) = logarithm;
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return along_inverse(at.input(), at.cotangents[1]);
  }
};

OperatorEntry determinant_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                                std::string shapes, Tensor (*first)(const Tensor&), Tensor (*second)(const Tensor&)) {
  return {
      .name = name,
      .family = OperatorFamily::linear_algebra,
      .signature = name + "(x)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = std::move(shapes),
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Array x) {
              samples.push_back({label, {x}, [=](auto x) { return first(x[0]); }});
              if (second == nullptr) return;
              samples.push_back({"log_magnitude: " + label, {x}, [=](auto x) { return second(x[0]); }, {{"log", {1}}}});
            };
            add("matrix", xt::xarray<double>{{2, 0.5, -1}, {0.3, -1.5, 0.2}, {0.1, 0.7, 1.2}});
            add("rows to exchange", xt::xarray<double>{{0, 2, 1}, {1, 0.5, 0}, {0.5, 0, 3}});
            add("stack", xt::xarray<double>{{{2, 1}, {0.5, 3}}, {{0, 1}, {-2, 1}}, {{0.5, 2}, {1.5, 1}}});
            add("two leading axes", xt::xarray<double>{{{{1.5, 1}, {0.5, 2}}}, {{{2, 1}, {-2, 1}}}});
            add("one element", sample_values({1, 1}, -2, -1));
            add("no matrices", sample_values({0, 2, 2}));
            add("matrices of nothing", sample_values({2, 0, 0}));
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"not square",
                 [=] {
                   first(input({batch, 2, 3}));
                 },
                 name + ": expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                {"integers",
                 [=] {
                   first(input({2, 2}, {}, DType::int32));
                 },
                 name + ": expected float32 or float64"}};
          },
  };
}

}  // namespace

Tensor det(const Tensor& x) {
  expect_square("det", x);
  return apply(std::make_shared<const Det>(), {x});
}

SignAndLogDeterminant slogdet(const Tensor& x) {
  expect_square("slogdet", x);
  const auto parts = apply_all(std::make_shared<const Slogdet>(), {x});
  return {parts[0], parts[1]};
}

static const Register registered_det{determinant_entry("det", "The determinant of each matrix in the last two axes.",
                                                       "sum over permutations p of sign(p) * prod x[i, p(i)]",
                                                       "c * result * inv(x)^T", "x (..., n, n): (...)", det, nullptr)};
static const Register registered_slogdet{determinant_entry(
    "slogdet", "The sign of the determinant of each matrix and the logarithm of its magnitude.",
    "sign(det(x)) and log(abs(det(x)))", "c * inv(x)^T, with c of the logarithm", "x (..., n, n): (...) and (...)",
    [](const Tensor& x) { return slogdet(x).sign; }, [](const Tensor& x) { return slogdet(x).log_magnitude; })};

}  // namespace xgrad
