#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/negative.hpp>

#include <cmath>

namespace xgrad {
namespace {

class Inv final : public Op {
 public:
  std::string_view name() const override { return "inv"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) {
      if (!at.is_finite()) {
        at.write_not_a_number();
        return;
      }
      if (lapack_inverse(at.copied(), at.rows()) != 0) at.reject("singular: it has no inverse");
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
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({INFINITY, 0, 0, 1}, {2, 2})},
                                           .value = {NAN, NAN, NAN, NAN},
                                           .gradient = {NAN, NAN, NAN, NAN}},
                                          {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2})},
                                           .value = {NAN, NAN, NAN, NAN},
                                           .gradient = {NAN, NAN, NAN, NAN}}};
        },
}};

}  // namespace xgrad
