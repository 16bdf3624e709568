#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/lapack.hpp>
#include <xgrad/ops/det.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/multiply.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace xgrad {
namespace {

/// What becomes of a matrix's diagonal factors once LU has found them.
class LuOp : public Op {
 public:
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }
  double cost(std::span<const Extents> inputs) const override { return std::pow(inputs[0].back(), 3); }

 protected:
  static TensorType without_matrices(const TensorType& x) {
    return {x.dtype, Shape(std::vector<Dim>(x.shape.begin(), x.shape.end() - 2))};
  }

  /// Calls `receive(i, sign, diagonal)` for each matrix: the sign of its permutation, and what gives U's elements.
  template <class T, class Receive>
  static void for_each_matrix(const KernelArguments& arguments, Receive receive) {
    const auto& x = arguments.inputs[0];
    const auto size = x.shape.back();
    const auto count = element_count(x.shape.first(x.shape.size() - 2));
    std::vector<T> factors(static_cast<std::size_t>(size * size));
    std::vector<int> pivots(static_cast<std::size_t>(size));
    for (std::int64_t i = 0; i < count; ++i) {
      std::copy_n(x.as<T>() + i * size * size, size * size, factors.begin());
      lapack_lu(factors.data(), size, pivots);
      T sign = 1;
      for (std::size_t row = 0; row < pivots.size(); ++row) {
        if (pivots[row] != static_cast<int>(row) + 1) sign = -sign;
      }
      receive(i, sign, [&](std::int64_t row) { return factors[static_cast<std::size_t>(row * (size + 1))]; });
    }
  }
};

/// c for each element of the transposed inverse of its matrix.
Tensor along_inverse(const Tensor& x, const Tensor& cotangent) {
  return expand_dims(cotangent, std::vector<std::int64_t>{-2, -1}) * matrix_transpose("det", inv(x));
}

class Det final : public LuOp {
 public:
  std::string_view name() const override { return "det"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {without_matrices(inputs[0])};
  }

  void forward(const KernelArguments& arguments) const override {
    const auto size = arguments.inputs[0].shape.back();
    visit(arguments.inputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        for_each_matrix<T>(arguments, [&](std::int64_t i, T sign, auto diagonal) {
          T product = sign;
          for (std::int64_t row = 0; row < size; ++row) product *= diagonal(row);
          arguments.outputs[0].template as<T>()[i] = product;
        });
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return along_inverse(at.input(), at.cotangent() * at.output());
  }
};

class Slogdet final : public LuOp {
 public:
  std::string_view name() const override { return "slogdet"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {without_matrices(inputs[0]), without_matrices(inputs[0])};
  }

  void forward(const KernelArguments& arguments) const override {
    const auto size = arguments.inputs[0].shape.back();
    visit(arguments.inputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        for_each_matrix<T>(arguments, [&](std::int64_t i, T sign, auto diagonal) {
          T logarithm = 0;
          for (std::int64_t row = 0; row < size; ++row) {
            const T factor = diagonal(row);
            sign *= factor == 0 ? T(0) : std::copysign(T(1), factor);
            logarithm += std::log(std::abs(factor));
          }
          arguments.outputs[0].template as<T>()[i] = sign;
          arguments.outputs[1].template as<T>()[i] = logarithm;
        });
      }
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
