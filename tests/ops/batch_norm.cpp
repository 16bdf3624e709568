#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/batch_norm.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/subtract.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_batch_norm{
    "batch_norm",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto arguments = [](std::int64_t axis, double epsilon) {
                return std::map<std::string, std::vector<double>>{{"axis", {static_cast<double>(axis)}},
                                                                  {"epsilon", {epsilon}}};
              };
              const auto add = [&](std::string label, Extents x, std::int64_t axis = 1, double epsilon = 1e-5) {
                const auto channels = x[axis < 0 ? x.size() - 1 : static_cast<std::size_t>(axis)];
                samples.push_back(
                    {std::move(label),
                     {sample_values(x), sample_values({channels}, 0.5, 1.5, 1), sample_values({channels}, -1, 1, 2)},
                     [=](auto x) { return batch_norm(x[0], x[1], x[2], axis, epsilon); },
                     arguments(axis, epsilon)});
              };
              const auto add_given = [&](std::string label, Extents x, std::int64_t axis = 1, double epsilon = 1e-5) {
                const auto channels = x[axis < 0 ? x.size() - 1 : static_cast<std::size_t>(axis)];
                samples.push_back(
                    {std::move(label),
                     {sample_values(x), sample_values({channels}, -1, 1, 1), sample_values({channels}, 0.5, 1.5, 2),
                      sample_values({channels}, 0.5, 1.5, 3), sample_values({channels}, -1, 1, 4)},
                     [=](auto x) { return batch_norm(x[0], x[1], x[2], x[3], x[4], axis, epsilon); },
                     arguments(axis, epsilon)});
              };
              add("matrix", {4, 3});
              add("images", {3, 2, 2, 2});
              add("channels last", {2, 3, 2}, -1);
              add("epsilon 0.1", {4, 2}, 1, 0.1);
              add("one element", {1, 1});
              add("no channels", {2, 0});
              add_given("given statistics", {4, 3});
              add_given("given statistics of images", {3, 2, 2, 2});
              add_given("given statistics, channels last", {2, 3, 2}, -1, 0.1);
              add_given("given statistics, no rows", {0, 3});
              return samples;
            },
        .rejections =
            [] {
              const auto x = [](DType dtype = DType::float32) { return input({batch, 3, 8}, {}, dtype); };
              const auto of = [](std::int64_t channels) { return input({channels}); };
              return std::vector<Rejection>{
                  {"a scale of another size", [=] { batch_norm(x(), of(8), of(3)); },
                   "batch_norm: expected scale of shape (3,), a number for each channel along axis 1 of x (batch, 3, "
                   "8), "
                   "but "
                   "got (8,)"},
                  {"an offset of another size", [=] { batch_norm(x(), of(3), of(1)); },
                   "batch_norm: expected offset of shape (3,)"},
                  {"a mean of another size", [=] { batch_norm(x(), of(8), of(3), of(3), of(3)); },
                   "batch_norm: expected mean of shape (3,)"},
                  {"a variance of another size", [=] { batch_norm(x(), of(3), of(8), of(3), of(3)); },
                   "batch_norm: expected variance of shape (3,)"},
                  {"an axis that does not exist", [=] { batch_norm(x(), of(3), of(3), 3); },
                   "batch_norm: axis 3 does not exist"},
                  {"integer input", [=] { batch_norm(x(DType::int32), of(3), of(3)); },
                   "batch_norm: expected float32 or float64, but got int32"},
                  {"epsilon 0", [=] { batch_norm(x(), of(3), of(3), 1, 0); },
                   "batch_norm: expected a positive epsilon, but got 0"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({50000.3, 50000.3}, {2, 1}), special_array({1}), special_array({0})},
                   .value = {0, 0},
                   .gradient = {0, 0}},
                  {.inputs = {special_array({INFINITY, 1}, {2, 1}), special_array({1}), special_array({0})},
                   .value = {NAN, NAN},
                   .gradient = {NAN, NAN}}};
            },
    }};

}  // namespace xgrad
