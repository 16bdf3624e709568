#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/lapack.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/negative.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

class Inv final : public Op {
 public:
  std::string_view name() const override { return "inv"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    const auto size = x.shape.back();
    visit(x.dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        T* result = arguments.outputs[0].as<T>();
        const auto elements = element_count(x.shape);
        std::copy_n(x.as<T>(), elements, result);
        for (std::int64_t i = 0; i * size * size < elements; ++i) {
          const auto row = lapack_inverse(result + i * size * size, size);
          if (row != 0) reject_matrix(name(), arguments, i, "singular: it has no inverse");
        }
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto transposed = matrix_transpose(name(), at.output());
    return -matmul(matmul(transposed, at.cotangent()), transposed);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override { return 2 * static_cast<double>(inputs[0].back()); }
};

}  // namespace

Tensor inv(const Tensor& x) {
  expect_square("inv", x);
  return apply(std::make_shared<const Inv>(), {x});
}

void expect_square(std::string_view where, const Tensor& x) {
  expect_floating(where, x.dtype());
  const auto rank = x.rank();
  if (rank >= 2 && x.shape()[rank - 2] == x.shape()[rank - 1]) return;
  throw ShapeError(
      fmt::format("{}: expected square matrices in the last two axes, but got shape {}; reshape or slice it", where,
                  x.shape().to_string()));
}

std::optional<std::vector<int>> rows_of_stacks(std::span<const TensorType> inputs) {
  if (inputs[0].shape.rank() < 3) return std::nullopt;
  return std::vector<int>(inputs.size(), 0);
}

void reject_matrix(std::string_view where, const KernelArguments& arguments, std::int64_t index,
                   std::string_view what) {
  const auto shape = arguments.inputs[0].shape;
  const auto matrices_of_row = shape.size() < 3 ? 1 : element_count(shape.subspan(1, shape.size() - 3));
  throw NumericError(fmt::format("{}: matrix {} of the input, counted along its leading axes, is {}", where,
                                 arguments.first_row * matrices_of_row + index, what));
}

Array invertible_values(const Extents& shape) {
  Array x = sample_values(shape, -1, 1);
  const auto size = static_cast<std::size_t>(shape.back());
  auto values = x.data<double>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i / size % size == i % size) values[i] += static_cast<double>(size);
  }
  return x;
}

static const Register registered_inv{{
    .name = "inv",
    .family = OperatorFamily::linear_algebra,
    .signature = "inv(x)",
    .summary = "The inverse of each matrix in the last two axes.",
    .formula = "result with matmul(x, result) = identity",
    .gradient = "-result^T c result^T",
    .shapes = "x (..., n, n): the shape of x",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape) {
            samples.push_back({std::move(label), {invertible_values(shape)}, [](auto x) { return inv(x[0]); }});
          };
          add("matrix", {3, 3});
          add("stack", {2, 3, 3});
          add("two leading axes", {2, 1, 2, 2});
          add("one element", {1, 1});
          add("no matrices", {0, 2, 2});
          add("matrices of nothing", {2, 0, 0});
          samples.push_back({"rows to exchange", {xt::xarray<double>{{0, 2, 1}, {1, 0.5, 0}, {0.5, 0, 3}}}, [](auto x) {
                               return inv(x[0]);
                             }});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"not square",
               [] {
                 inv(input({batch, 2, 3}));
               },
               "inv: expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
              {"a vector", [] { inv(input({3})); }, "inv: expected square matrices in the last two axes"},
              {"integers",
               [] {
                 inv(input({2, 2}, {}, DType::int32));
               },
               "inv: expected float32 or float64"},
          };
        },
}};

}  // namespace xgrad
