#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/group_norm.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/standardize.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

void check(std::string_view where, const Tensor& x, const Tensor& scale, const Tensor& offset, double epsilon) {
  expect_floating(where, x.dtype());
  const bool fits = x.rank() >= 2 && scale.shape() == Shape{x.shape()[1]} && offset.shape() == scale.shape();
  if (!fits) {
    throw ShapeError(
        fmt::format("{}: expected x of shape (n, channels, ...) and scale and offset of shape (channels,), "
                    "but got {}, {} and {}; move the channels to axis 1",
                    where, x.shape().to_string(), scale.shape().to_string(), offset.shape().to_string()));
  }
  if (!(epsilon > 0)) {
    throw ValueError(fmt::format("{}: expected a positive epsilon, but got {}; 1e-5 is usual", where, epsilon));
  }
}

/// `group`: channels in each group.
Tensor normalized(const Tensor& x, Dim groups, Dim group, const Tensor& scale, const Tensor& offset, double epsilon) {
  std::vector<Dim> ones(x.rank() - 1, 1);
  ones[0] = x.shape()[1];
  const Shape channels(ones);
  std::vector<Dim> rest = x.shape().dims();
  rest[0] = 1;
  rest[1] = group;
  const auto grouped = reshape(x, {x.shape()[0], groups, Shape(rest).size()});
  return reshape(standardize(grouped, epsilon), x.shape()) * reshape(scale, channels) + reshape(offset, channels);
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

Sample norm_sample(std::string label, Extents x, double groups, double epsilon, decltype(Sample::build) build) {
  const auto channels = x[1];
  return {std::move(label),
          {sample_values(x), sample_values({channels}, 0.5, 1.5, 1), sample_values({channels}, -1, 1, 2)},
          std::move(build),
          {{"groups", {groups}}, {"epsilon", {epsilon}}}};
}

}  // namespace

Tensor group_norm(const Tensor& x, std::int64_t groups, const Tensor& scale, const Tensor& offset, double epsilon) {
  if (groups < 1) throw ValueError(fmt::format("group_norm: expected at least one group, but got {}", groups));
  check("group_norm", x, scale, offset, epsilon);
  const auto group = x.shape()[1].divided_by(groups);
  if (!group) {
    throw ShapeError(fmt::format("group_norm: expected {} groups to divide the {} channels of x {}; choose a divisor",
                                 groups, x.shape()[1].to_string(), x.shape().to_string()));
  }
  return normalized(x, groups, *group, scale, offset, epsilon);
}

Tensor instance_norm(const Tensor& x, const Tensor& scale, const Tensor& offset, double epsilon) {
  check("instance_norm", x, scale, offset, epsilon);
  return normalized(x, x.shape()[1], 1, scale, offset, epsilon);
}

static const Register registered_group_norm{{
    .name = "group_norm",
    .family = OperatorFamily::neural,
    .signature = "group_norm(x, groups, scale, offset, epsilon = 1e-5)",
    .summary = "Groups of channels of a sample with mean 0 and standard deviation 1, scaled and moved by channel.",
    .formula = "n * scale + offset with n = (x - mean) / s and s = sqrt(variance + epsilon)",
    .gradient = "(g - mean(g) - n * mean(g * n)) / s with g = c * scale; c * n for scale and c for offset, summed",
    .shapes = "x (n, channels, ...), scale and offset (channels,): the shape of x",
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
          auto rejections =
              norm_rejections("group_norm", [](const Tensor& x, const Tensor& scale, const Tensor& offset,
                                               double epsilon) { return group_norm(x, 2, scale, offset, epsilon); });
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

static const Register registered_instance_norm{{
    .name = "instance_norm",
    .family = OperatorFamily::neural,
    .signature = "instance_norm(x, scale, offset, epsilon = 1e-5)",
    .summary = "Channels of a sample with mean 0 and standard deviation 1, scaled and moved.",
    .formula = "n * scale + offset with n = (x - mean) / s and s = sqrt(variance + epsilon)",
    .gradient = "(g - mean(g) - n * mean(g * n)) / s with g = c * scale; c * n for scale and c for offset, summed",
    .shapes = "x (n, channels, ...), scale and offset (channels,): the shape of x",
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
