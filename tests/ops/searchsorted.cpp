#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/cumsum.hpp>
#include <xgrad/ops/searchsorted.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_searchsorted{
    "searchsorted",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // Sums of steps are in order, also when the steps are repeated.
              const auto add = [&](std::string label, Array steps, Array values, bool right) {
                samples.push_back(
                    {std::move(label),
                     {std::move(steps), std::move(values)},
                     [=](auto x) { return searchsorted(cast(cumsum(x[0], -1), x[1].dtype()), x[1], right); },
                     {{"right", {right ? 1.0 : 0.0}}}});
              };
              const xt::xarray<int> steps{1, 2, 0, 2};
              const xt::xarray<int> values{{0, 1, 2, 3}, {4, 5, 6, 3}};
              add("a vector of one element", sample_values({1}), sample_values({2, 3}, -2, 2, 1), false);
              add("left of ties", steps, values, false);
              add("right of ties", steps, values, true);
              add("lines of their own", xt::xarray<double>{{0, 1, 1}, {2, 2, 2}}, xt::xarray<double>{{1.5, -1}, {5, 4}},
                  true);
              add("scalar", steps, 4, false);
              add("no values", steps, Array(DType::int32, {0, 2}), false);
              add("an empty vector", Array(DType::int32, {0}), values, false);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"other leading axes",
                   [] {
                     searchsorted(input({2, 3}), input({3, 3}));
                   },
                   "searchsorted: expected a sorted vector, or values with its leading axes, but got sorted (2, 3) and "
                   "values (3, 3)"},
                  {"a scalar", [] { searchsorted(input({}), input({})); }, "searchsorted: expected a sorted vector"},
                  {"mixed dtypes", [] { searchsorted(input({3}), input({3}, {}, DType::float64)); },
                   "searchsorted: expected inputs of one dtype, but got float32 and float64"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({1, 2, 2, 3}), special_array({2, NAN, -INFINITY})},
                   .value = {1, 4, 0},
                   .build = [](auto x) { return searchsorted(x[0], x[1]); }}};
            },
    }};

}  // namespace xgrad
