#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/linear_recurrence.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_linear_recurrence{
    "linear_recurrence",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array factors, Extents terms, std::int64_t axis, bool reverse) {
                samples.push_back({std::move(label),
                                   {std::move(factors), sample_values(terms, -2, 2, 1)},
                                   [=](auto x) { return linear_recurrence(x[0], x[1], axis, reverse); },
                                   {{"axis", {static_cast<double>(axis)}}, {"reverse", {reverse ? 1.0 : 0.0}}}});
              };
              const auto factors = [](Extents shape) { return sample_values(std::move(shape), -1, 0.9); };
              add("axis 0", factors({4, 3}), {4, 3}, 0, false);
              add("axis 1", factors({3, 4}), {3, 4}, 1, false);
              add("reverse", factors({2, 4}), {2, 4}, -1, true);
              add("the axis in the middle, reverse", factors({2, 3, 2}), {2, 3, 2}, 1, true);
              add("one factor", factors({}), {2, 3}, 1, false);
              add("zeros among the factors", xt::xarray<double>{0.5, 0, 0, 2}, {4}, 0, false);
              add("one element", factors({1}), {1}, 0, false);
              add("no elements", factors({0, 3}), {0, 3}, 1, false);
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("linear_recurrence", [](const Tensor& factors, const Tensor& terms) {
                return linear_recurrence(factors, terms, 0);
              });
              rejections.push_back({"an axis that does not exist", [] { linear_recurrence(input({3}), input({3}), 1); },
                                    "linear_recurrence: axis 1 does not exist"});
              rejections.push_back(
                  {"integers", [] { linear_recurrence(input({3}, {}, DType::int32), input({3}, {}, DType::int32), 0); },
                   "linear_recurrence: expected float32 or float64, but got int32"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 0, 2}), special_array({1, NAN, 3})},
                                               .value = {1, NAN, NAN},
                                               .gradient = {0, 3, NAN},
                                               .arguments = "0"},
                                              {.inputs = {special_array({0.5, INFINITY}), special_array({1, 1})},
                                               .value = {1, INFINITY},
                                               .gradient = {0, 1},
                                               .arguments = "0"}};
            },
    }};

}  // namespace xgrad
