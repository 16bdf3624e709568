#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/where.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_where{
    "where",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array condition, Extents x, Extents y) {
                samples.push_back({std::move(label),
                                   {std::move(condition), sample_values(x), sample_values(y, -2, 2, 1)},
                                   [](auto inputs) { return where(inputs[0], inputs[1], inputs[2]); }});
              };
              const xt::xarray<bool> matrix{{true, false, true}, {false, false, true}};
              add("matrices", matrix, {2, 3}, {2, 3});
              add("x and y repeated", matrix, {3}, {});
              add("condition repeated", xt::xarray<bool>{true, false, true}, {2, 3}, {2, 1});
              add("scalars", true, {}, {});
              add("one element", xt::xarray<bool>{false}, {1}, {1});
              add("no elements", Array(DType::boolean, {0, 3}), {0, 3}, {3});
              return samples;
            },
        .rejections =
            [] {
              const auto of = [](DType condition, DType x, DType y, Shape shape) {
                return [=] { where(input({2, 3}, {}, condition), input({2, 3}, {}, x), input(shape, {}, y)); };
              };
              return std::vector<Rejection>{
                  {"a condition of floats", of(DType::float32, DType::float32, DType::float32, {2, 3}),
                   "where: expected a bool condition, but got float32"},
                  {"mixed dtypes", of(DType::boolean, DType::float32, DType::int32, {2, 3}),
                   "where: expected x and y of one dtype, but got float32 and int32"},
                  {"shapes that do not broadcast", of(DType::boolean, DType::float32, DType::float32, {4}),
                   "where: shapes (2, 3) and (4,) do not broadcast"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({1, 0}).cast(DType::boolean),
                                                          special_array({1, NAN}), special_array({NAN, 2})},
                                               .value = {1, 2}}};
            },
    }};

}  // namespace xgrad
