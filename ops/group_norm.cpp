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
}};

static const Register registered_instance_norm{{
    .name = "instance_norm",
    .family = OperatorFamily::neural,
    .signature = "instance_norm(x, scale, offset, epsilon = 1e-5)",
    .summary = "Channels of a sample with mean 0 and standard deviation 1, scaled and moved.",
    .formula = "n * scale + offset with n = (x - mean) / s and s = sqrt(variance + epsilon)",
    .gradient = "(g - mean(g) - n * mean(g * n)) / s with g = c * scale; c * n for scale and c for offset, summed",
    .shapes = "x (n, channels, ...), scale and offset (channels,): the shape of x",
}};

}  // namespace xgrad
