#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/group_norm.hpp>

namespace xgrad {
namespace {

Sample norm_sample(std::string label, Extents x, double groups, double epsilon, decltype(Sample::build) build) {
  const auto channels = x[1];
  return {std::move(label),
          {sample_values(x), sample_values({channels}, 0.5, 1.5, 1), sample_values({channels}, -1, 1, 2)},
          std::move(build),
          {{"groups", {groups}}, {"epsilon", {epsilon}}}};
}

std::vector<Rejection> norm_rejections(
    const std::string& name, std::function<Tensor(const Tensor&, const Tensor&, const Tensor&, double)> norm) {
  const auto of = [](std::int64_t channels) { return input({channels}); };
  return {
      {"a scale of another size",
       [=] {
         norm(input({batch, 4, 8}), of(8), of(8), 1e-5);
       },
       name + ": expected x of shape (n, channels, ...) and scale and offset of shape (channels,), but got (batch, 4, "
              "8), (8,) and (8,)"},
      {"a vector", [=] { norm(input({4}), of(4), of(4), 1e-5); }, name + ": expected x of shape (n, channels, ...)"},
      {"integer input",
       [=] {
         norm(input({2, 4}, {}, DType::int32), of(4), of(4), 1e-5);
       },
       name + ": expected float32 or float64, but got int32"},
      {"epsilon 0",
       [=] {
         norm(input({2, 4}), of(4), of(4), 0);
       },
       name + ": expected a positive epsilon, but got 0"},
  };
}

}  // namespace

static const RegisterSamples samples_of_group_norm{
    "group_norm",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, std::int64_t groups, double epsilon = 1e-5) {
                samples.push_back(norm_sample(std::move(label), std::move(x), static_cast<double>(groups), epsilon,
                                              [=](auto x) { return group_norm(x[0], groups, x[1], x[2], epsilon); }));
              };
              add("two groups", {3, 4}, 2);
              add("one group", {3, 2, 2}, 1);
              add("images", {2, 4, 1, 2}, 2);
              add("epsilon 0.1", {3, 4}, 2, 0.1);
              add("one element", {1, 1}, 1);
              add("no rows", {0, 4}, 2);
              return samples;
            },
        .rejections =
            [] {
              auto rejections = norm_rejections(
                  "group_norm", [](const Tensor& x, const Tensor& scale, const Tensor& offset, double epsilon) {
                    return group_norm(x, 2, scale, offset, epsilon);
                  });
              rejections.push_back({"groups that do not divide",
                                    [] {
                                      group_norm(input({2, 4}), 3, input({4}), input({4}));
                                    },
                                    "group_norm: expected 3 groups to divide the 4 channels of x (2, 4)"});
              rejections.push_back({"no groups",
                                    [] {
                                      group_norm(input({2, 4}), 0, input({4}), input({4}));
                                    },
                                    "group_norm: expected at least one group, but got 0"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({3, 3}, {1, 2}), special_array({1, 1}), special_array({0.5, 0.5})},
                   .value = {0.5, 0.5},
                   .gradient = {0, 0},
                   .arguments = "1",
                   .build = [](auto x) { return group_norm(x[0], 1, x[1], x[2]); }}};
            },
    }};

static const RegisterSamples samples_of_instance_norm{
    "instance_norm",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, double epsilon = 1e-5) {
                const auto groups = static_cast<double>(x[1]);
                samples.push_back(norm_sample(std::move(label), std::move(x), groups, epsilon,
                                              [=](auto x) { return instance_norm(x[0], x[1], x[2], epsilon); }));
              };
              add("rows", {3, 2, 3});
              add("images", {2, 2, 3, 2});
              add("epsilon 0.1", {2, 2, 3}, 0.1);
              add("one element", {1, 1});
              add("no rows", {0, 4, 2});
              return samples;
            },
        .rejections = [] { return norm_rejections("instance_norm", instance_norm); },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({3, 3}, {1, 1, 2}), special_array({1}), special_array({0.5})},
                   .value = {0.5, 0.5},
                   .gradient = {0, 0},
                   .build = [](auto x) { return instance_norm(x[0], x[1], x[2]); }}};
            },
    }};

}  // namespace xgrad
