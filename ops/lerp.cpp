#include <xgrad/framework/core/elementwise_vectors.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/lerp.hpp>
#include <xgrad/ops/lerp/interpolate.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/subtract.hpp>

#include <limits>

namespace xgrad {

Tensor lerp(const Tensor& start, const Tensor& end, const Tensor& weight) {
  static const auto op = elementwise_vectors<3>(
      "lerp", [](auto start, auto end, auto weight) { return interpolate(start, end, weight); },
      {
          .vjp = {[](const Vjp& at) { return multiply_nonzeros(at.cotangent(), 1 - at.input(2)); },
                  [](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(2)); },
                  [](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(1) - at.input(0)); }},
          .cost = 2,
      });
  return apply(op, {start, end, weight});
}

Tensor lerp(const Tensor& start, const Tensor& end, double weight) {
  return lerp(start, end, number_like("lerp", weight, start));
}

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
}

static const Register registered_lerp{{
    .name = "lerp",
    .family = OperatorFamily::binary,
    .signature = "lerp(start, end, weight)",
    .summary = "Linear interpolation: start where weight is 0, end where it is 1, element by element.",
    .formula = "start + weight * (end - start), from the end where weight >= 0.5; a share of 0 of an infinity is 0",
    .gradient = "c * (1 - weight) for start, c * weight for end, c * (end - start) for weight",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents start, Extents end, Extents weight) {
            samples.push_back(
                {std::move(label),
                 {sample_values(start), sample_values(end, -2, 2, 1), sample_values(weight, -0.5, 1.5, 2)},
                 [](auto x) { return lerp(x[0], x[1], x[2]); }});
          };
          add("matrices", {2, 3}, {2, 3}, {2, 3});
          add("one weight", {2, 3}, {2, 3}, {});
          add("all repeated", {2, 1}, {3}, {4, 1, 1});
          add("scalars", {}, {}, {});
          add("one element", {1}, {1}, {1});
          add("no elements", {0, 3}, {0, 3}, {});
          samples.push_back({"number as weight", {sample_values({2, 3}), sample_values({2, 3}, -2, 2, 1)}, [](auto x) {
                               return lerp(x[0], x[1], 0.25);
                             }});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"integers", [] { lerp(input({3}, {}, DType::int32), input({3}, {}, DType::int32), 1); },
               "lerp: expected one of float32, float64, but got int32"},
              {"mixed dtypes", [] { lerp(input({3}), input({3}, {}, DType::float64), 0.5); },
               "lerp: expected inputs of one dtype, but got float32 and float64"},
              {"shapes that do not broadcast", [] { lerp(input({3}), input({4}), 0.5); }, "lerp: shapes (3,) and (4,)"},
          };
        },
    .points = {{{1e8, 1, 1}, 1, 0},
               {{1, 1e8, 0}, 1, 1},
               {{5, infinity, 0}, 5, 1},
               {{infinity, 5, 1}, 5, 0},
               {{infinity, 5, 0.25}, infinity, 0.75},
               {{infinity, infinity, 0.5}, infinity, 0.5},
               {{3e38, 3e38, 0.7}, 3e38, 0.3}},
}};

}  // namespace xgrad
