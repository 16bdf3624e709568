#include "integer_options.hpp"

#include <xgrad/xgrad.hpp>

#include <algorithm>
#include <regex>
#include <string_view>

namespace xgrad::test {
namespace {

using Inputs = std::span<const Tensor>;
using Options = std::vector<IntegerOption>;

/// Beyond what fits, all values mean what `low` and `high` mean.
auto clamped(std::int64_t low, std::int64_t high) {
  return [=](std::int64_t value) { return std::clamp(value, low, high); };
}

/// What is taken modulo `period`.
auto modulo(std::int64_t period) {
  return [=](std::int64_t value) { return value % period; };
}

Tensor indices(Array values) { return constant(std::move(values)); }
Tensor counter() { return constant(Array(std::int64_t{7})); }

void add_reductions(Options& all) {
  const std::vector<std::pair<std::string, Tensor (*)(const Tensor&, const Axes&, bool)>> reductions{
      {"all", [](const Tensor& x, const Axes& axes, bool keep) { return xgrad::all(isnan(x), axes, keep); }},
      {"any", [](const Tensor& x, const Axes& axes, bool keep) { return any(isnan(x), axes, keep); }},
      {"count_nonzero", count_nonzero},
      {"logsumexp", logsumexp},
      {"max", xgrad::max},
      {"mean", mean},
      {"median", median},
      {"min", xgrad::min},
      {"nanmean", nanmean},
      {"nansum", nansum},
      {"norm", [](const Tensor& x, const Axes& axes, bool keep) { return norm(x, 2, axes, keep); }},
      {"prod", prod},
      {"std", [](const Tensor& x, const Axes& axes, bool keep) { return xgrad::std(x, axes, keep); }},
      {"sum", sum},
      {"var", [](const Tensor& x, const Axes& axes, bool keep) { return var(x, axes, keep); }}};
  for (const auto& [name, reduce] : reductions) {
    all.push_back(
        {name, "axes", {{2, 3}}, [reduce = reduce](Inputs x, auto value) { return reduce(x[0], value, true); }});
  }
  all.push_back(
      {"var", "ddof", {{2, 3}}, [](Inputs x, auto value) { return var(x[0], 1, false, value); }, clamped(-1, 9)});
  all.push_back({"std",
                 "ddof",
                 {{2, 3}},
                 [](Inputs x, auto value) { return xgrad::std(x[0], 1, false, value); },
                 clamped(-1, 9)});
}

void add_axes(Options& all) {
  using Build = Tensor (*)(Inputs, std::int64_t);
  const Extents matrix{2, 3};
  const auto add = [&](std::string name, std::string option, std::vector<Extents> shapes, Build build) {
    all.push_back({std::move(name), std::move(option), std::move(shapes), build});
  };
  add("argmax", "axis", {matrix}, [](Inputs x, auto value) { return argmax(x[0], value); });
  add("argmin", "axis", {matrix}, [](Inputs x, auto value) { return argmin(x[0], value); });
  add("argsort", "axis", {matrix}, [](Inputs x, auto value) { return argsort(x[0], value); });
  add("sort", "axis", {matrix}, [](Inputs x, auto value) { return sort(x[0], value); });
  add("topk", "axis", {matrix}, [](Inputs x, auto value) { return topk(x[0], 1, value).values; });
  add("cummax", "axis", {matrix}, [](Inputs x, auto value) { return cummax(x[0], value); });
  add("cummin", "axis", {matrix}, [](Inputs x, auto value) { return cummin(x[0], value); });
  add("cumsum", "axis", {matrix}, [](Inputs x, auto value) { return cumsum(x[0], value); });
  add("cumprod", "axis", {matrix}, [](Inputs x, auto value) { return cumprod(x[0], value); });
  add("logcumsumexp", "axis", {matrix}, [](Inputs x, auto value) { return logcumsumexp(x[0], value); });
  add("linear_recurrence", "axis", {matrix, matrix},
      [](Inputs x, auto value) { return linear_recurrence(x[0], x[1], value); });
  add("softmax", "axis", {matrix}, [](Inputs x, auto value) { return softmax(x[0], value); });
  add("softmin", "axis", {matrix}, [](Inputs x, auto value) { return softmin(x[0], value); });
  add("log_softmax", "axis", {matrix}, [](Inputs x, auto value) { return log_softmax(x[0], value); });
  add("glu", "axis", {{2, 4}}, [](Inputs x, auto value) { return glu(x[0], value); });
  add("concatenate", "axis", {matrix, matrix}, [](Inputs x, auto value) { return concatenate({x[0], x[1]}, value); });
  add("stack", "axis", {matrix, matrix}, [](Inputs x, auto value) { return stack({x[0], x[1]}, value); });
  add("expand_dims", "axes", {matrix}, [](Inputs x, auto value) { return expand_dims(x[0], value); });
  add("squeeze", "axes", {{1, 3}}, [](Inputs x, auto value) { return squeeze(x[0], value); });
  add("flip", "axes", {matrix}, [](Inputs x, auto value) { return flip(x[0], value); });
  add("merge_axes", "axes", {matrix}, [](Inputs x, auto value) { return merge_axes(x[0], value); });
  add("split_axes", "axes", {matrix}, [](Inputs x, auto value) { return split_axes(x[0], value, {2, 3}); });
  add("moveaxis", "source", {matrix}, [](Inputs x, auto value) { return moveaxis(x[0], value, 0); });
  add("moveaxis", "destination", {matrix}, [](Inputs x, auto value) { return moveaxis(x[0], 0, value); });
  add("swapaxes", "axis1", {matrix}, [](Inputs x, auto value) { return swapaxes(x[0], value, 0); });
  add("swapaxes", "axis2", {matrix}, [](Inputs x, auto value) { return swapaxes(x[0], 0, value); });
  add("transpose", "axes", {matrix}, [](Inputs x, auto value) { return transpose(x[0], {value, 1}); });
  add("rot90", "axes", {matrix}, [](Inputs x, auto value) { return rot90(x[0], 1, {value, 1}); });
  add("roll", "axis", {matrix}, [](Inputs x, auto value) { return roll(x[0], 1, value); });
  add("roll", "axes", {matrix},
      [](Inputs x, auto value) { return roll(x[0], std::vector{value}, std::vector{value}); });
  add("shift", "axis", {matrix}, [](Inputs x, auto value) { return shift(x[0], 1, value); });
  add("repeat", "axis", {matrix}, [](Inputs x, auto value) { return repeat(x[0], 2, value); });
  add("split", "axis", {{2, 4}}, [](Inputs x, auto value) { return split(x[0], 2, value)[0]; });
  add("diagonal", "axis1", {matrix}, [](Inputs x, auto value) { return diagonal(x[0], 0, value, 1); });
  add("diagonal", "axis2", {matrix}, [](Inputs x, auto value) { return diagonal(x[0], 0, 0, value); });
  add("trace", "axis1", {matrix}, [](Inputs x, auto value) { return trace(x[0], 0, value, 1); });
  add("trace", "axis2", {matrix}, [](Inputs x, auto value) { return trace(x[0], 0, 0, value); });
  add("banded_product", "axis", {matrix}, [](Inputs x, auto value) {
    return banded_product({3, {{0, {1, 1}}}}, x[0], value);
  });
  add("batch_norm", "axis", {{3, 3}, {3}, {3}},
      [](Inputs x, auto value) { return batch_norm(x[0], x[1], x[2], value); });
  const auto add_indexed = [&](std::string name, std::size_t values, Build build) {
    add(std::move(name), "axis", std::vector<Extents>(values, {2, 2}), build);
  };
  static const Array places = xt::xarray<std::int64_t>{{0, 1}, {1, 0}};
  add_indexed("gather", 1, [](Inputs x, auto value) { return gather(x[0], value, indices(places)); });
  add_indexed("take_along_axis", 1, [](Inputs x, auto value) { return take_along_axis(x[0], indices(places), value); });
  add_indexed("gather_last", 1, [](Inputs x, auto value) { return gather_last(x[0], value, indices(places)); });
  add_indexed("scatter", 2, [](Inputs x, auto value) { return scatter(x[0], value, indices(places), x[1]); });
  add_indexed("scatter_add", 2, [](Inputs x, auto value) { return scatter_add(x[0], value, indices(places), x[1]); });
  static const Array rows = xt::xarray<std::int64_t>{0, 1};
  add_indexed("take", 1, [](Inputs x, auto value) { return take(x[0], indices(rows), value); });
  add_indexed("index_add", 2, [](Inputs x, auto value) { return index_add(x[0], indices(rows), x[1], value); });
  add_indexed("tensordot", 2, [](Inputs x, auto value) { return tensordot(x[0], x[1], {value}, {0}); });
  all.back().option = "left_axes";
  add("tensordot", "right_axes", {{2, 2}, {2, 2}},
      [](Inputs x, auto value) { return tensordot(x[0], x[1], {0}, {value}); });
  add("tensordot", "axes", {{2, 2}, {2, 2}}, [](Inputs x, auto value) { return tensordot(x[0], x[1], value); });
}

void add_shapes(Options& all) {
  const Extents matrix{2, 3};
  const auto add = [&](std::string name, std::string option, std::vector<Extents> shapes, auto build,
                       std::function<std::int64_t(std::int64_t)> same_as = {}) {
    all.push_back({std::move(name), std::move(option), std::move(shapes), build, std::move(same_as)});
  };
  add("broadcast_to", "shape", {{1, 3}}, [](Inputs x, auto value) { return broadcast_to(x[0], {value, 3}); });
  add("reshape", "shape", {matrix}, [](Inputs x, auto value) { return reshape(x[0], {value, infer_dim}); });
  add("reshape", "shape", {{0, 3}}, [](Inputs x, auto value) { return reshape(x[0], {0, value, value}); });
  add("split_axes", "shape", {matrix}, [](Inputs x, auto value) { return split_axes(x[0], 1, {value, 3}); });
  for (const auto mode : {PadMode::constant, PadMode::edge, PadMode::reflect}) {
    add("pad", "widths", {matrix}, [=](Inputs x, auto value) { return pad(x[0], {{0, 0}, {value, 0}}, mode); });
    add("pad", "widths", {matrix}, [=](Inputs x, auto value) { return pad(x[0], {{0, 0}, {0, value}}, mode); });
    add("pad", "widths", {matrix}, [=](Inputs x, auto value) { return pad(x[0], {{0, 0}, {value, value}}, mode); });
    add("pad", "widths", {matrix}, [=](Inputs x, auto value) { return pad(x[0], {{value, value}, {2, 1}}, mode); });
  }
  add("pad", "widths", {{0, 3}}, [](Inputs x, auto value) { return pad(x[0], {{0, 0}, {value, value}}); });
  add("repeat", "count", {matrix}, [](Inputs x, auto value) { return repeat(x[0], value, 1); });
  add("repeat", "count", {matrix}, [](Inputs x, auto value) { return repeat(x[0], value); });
  add("repeat", "counts", {matrix}, [](Inputs x, auto value) { return repeat(x[0], {value, 1}, 0); });
  add("repeat", "counts", {matrix}, [](Inputs x, auto value) { return repeat(x[0], {value, value}, 0); });
  add("tile", "counts", {matrix}, [](Inputs x, auto value) { return tile(x[0], {value}); });
  add("tile", "counts", {matrix}, [](Inputs x, auto value) { return tile(x[0], {value, value}); });
  add("diag", "offset", {{3}}, [](Inputs x, auto value) { return diag(x[0], value); });
  add(
      "diag", "offset", {{3, 3}}, [](Inputs x, auto value) { return diag(x[0], value); }, clamped(-3, 3));
  add(
      "diagonal", "offset", {matrix}, [](Inputs x, auto value) { return diagonal(x[0], value); }, clamped(-3, 3));
  add(
      "trace", "offset", {matrix}, [](Inputs x, auto value) { return trace(x[0], value); }, clamped(-3, 3));
  add(
      "tril", "offset", {matrix}, [](Inputs x, auto value) { return tril(x[0], value); }, clamped(-3, 3));
  add(
      "triu", "offset", {matrix}, [](Inputs x, auto value) { return triu(x[0], value); }, clamped(-3, 3));
  add(
      "roll", "shift", {matrix}, [](Inputs x, auto value) { return roll(x[0], value, 1); }, modulo(3));
  add(
      "roll", "shift", {matrix}, [](Inputs x, auto value) { return roll(x[0], value); }, modulo(6));
  add(
      "roll", "shifts", {matrix}, [](Inputs x, auto value) { return roll(x[0], std::vector{value}, {1}); }, modulo(3));
  add(
      "rot90", "k", {matrix}, [](Inputs x, auto value) { return rot90(x[0], value); }, modulo(4));
  add(
      "shift", "periods", {matrix}, [](Inputs x, auto value) { return shift(x[0], value, 1, 5); }, clamped(-3, 3));
  add(
      "slice", "start", {{5}},
      [](Inputs x, auto value) {
        return slice(x[0], {value, {}}, 0);
      },
      clamped(-5, 5));
  add(
      "slice", "start", {{5}},
      [](Inputs x, auto value) {
        return slice(x[0], {value, {}, -2}, 0);
      },
      clamped(-6, 4));
  add(
      "slice", "stop", {{5}},
      [](Inputs x, auto value) {
        return slice(x[0], {{}, value}, 0);
      },
      clamped(-5, 5));
  add(
      "slice", "stop", {{5}},
      [](Inputs x, auto value) {
        return slice(x[0], {{}, value, -1}, 0);
      },
      clamped(-6, 4));
  add(
      "slice", "step", {{5}},
      [](Inputs x, auto value) {
        return slice(x[0], {{}, {}, value}, 0);
      },
      clamped(-5, 5));
  add("split", "sections", {{4}}, [](Inputs x, auto value) { return split(x[0], value)[0]; });
  add("split", "sections", {{0}}, [](Inputs x, auto value) { return split(x[0], value)[0]; });
  add(
      "split", "positions", {{4}}, [](Inputs x, auto value) { return split(x[0], std::vector{value})[0]; },
      clamped(-4, 4));
  add(
      "split", "positions", {{4}}, [](Inputs x, auto value) { return split(x[0], std::vector{value})[1]; },
      clamped(-4, 4));
  add("one_hot", "classes", {}, [](Inputs, auto value) { return one_hot(indices(xt::xarray<int>{0, 1}), value); });
  add("topk", "k", {matrix}, [](Inputs x, auto value) { return topk(x[0], value).values; });
  // A quarter turn.
  add(
      "matrix_power", "exponent", {},
      [](Inputs, auto value) {
        return matrix_power(constant(Array(xt::xarray<double>{{0, -1}, {1, 0}})), value);
      },
      modulo(4));
  add("polygamma", "order", {{3}}, [](Inputs x, auto value) { return polygamma(value, x[0] + 5); });
  add("pixel_shuffle", "r", {{1, 4, 2, 2}}, [](Inputs x, auto value) { return pixel_shuffle(x[0], value); });
  add("pixel_shuffle", "r", {{1, 0, 2, 2}}, [](Inputs x, auto value) { return pixel_shuffle(x[0], value); });
  add("pixel_unshuffle", "r", {{1, 1, 2, 2}}, [](Inputs x, auto value) { return pixel_unshuffle(x[0], value); });
  add("pixel_unshuffle", "r", {{1, 1, 0, 0}}, [](Inputs x, auto value) { return pixel_unshuffle(x[0], value); });
  add("group_norm", "groups", {{2, 4}, {4}, {4}},
      [](Inputs x, auto value) { return group_norm(x[0], value, x[1], x[2]); });
  add("group_norm", "groups", {{2, 0}, {0}, {0}},
      [](Inputs x, auto value) { return group_norm(x[0], value, x[1], x[2]); });
  add("ctc", "blank", {{1, 4, 3}}, [](Inputs x, auto value) {
    static const Array labels = xt::xarray<std::int64_t>{{1, 2}};
    static const Array steps = xt::xarray<std::int64_t>({4});
    static const Array count = xt::xarray<std::int64_t>({2});
    return ctc(indices(labels), x[0], indices(steps), indices(count), {.blank = value});
  });
}

void add_random(Options& all) {
  const auto add = [&](std::string name, std::string option, auto build) {
    all.push_back({std::move(name), std::move(option), {}, [=](Inputs, auto value) { return build(value); }});
  };
  add("dropout_mask", "shape", [](auto value) { return dropout_mask(counter(), {value, 3}, 0.5, 1); });
  add("random_bernoulli", "shape", [](auto value) { return random_bernoulli(counter(), {value, 3}, 0.5, 1); });
  add("random_integers", "shape", [](auto value) { return random_integers(counter(), {value, 3}, 0, 9, 1); });
  // What is drawn differs with the number of integers; all of it is within the bounds.
  add("random_integers", "low", [](auto value) {
    return less(random_integers(counter(), {2}, value, 9, 1, DType::int64), constant(Array(value)));
  });
  all.back().same_as = clamped(-9, 9);
  add("random_integers", "high", [](auto value) {
    return less(random_integers(counter(), {2}, 0, value, 1, DType::int64), constant(Array(value)));
  });
  all.back().same_as = clamped(-1, 9);
  add("random_normal", "shape", [](auto value) { return random_normal(counter(), {value, 3}, 1); });
  add("random_permutation", "count", [](auto value) { return random_permutation(counter(), value, 1); });
  add("random_truncated_normal", "shape", [](auto value) {
    return random_truncated_normal(counter(), {value, 3}, -1, 1, 1);
  });
  add("random_uniform", "shape", [](auto value) { return random_uniform(counter(), {value, 3}, 1); });
}

/// x and the sizes of windows over `rank` axes of 4 elements; the value goes to the last axis, or to all.
void add_windows(Options& all) {
  const auto add = [&](std::string name, std::string option, std::vector<Extents> shapes, auto build,
                       std::function<std::int64_t(std::int64_t)> same_as = {}) {
    all.push_back({std::move(name), std::move(option), std::move(shapes), build, std::move(same_as)});
  };
  const auto add_motion = [&](const std::string& name, const std::vector<Extents>& shapes, auto use) {
    add(
        name, "strides", shapes, [=](Inputs x, auto value) { return use(x, WindowOptions{.strides = value}); },
        clamped(-1, 9));
    add(
        name, "strides", shapes,
        [=](Inputs x, auto value) { return use(x, WindowOptions{.strides = value, .padding = "same"}); },
        clamped(-1, 9));
    add(
        name, "strides", shapes,
        [=](Inputs x, auto value) { return use(x, WindowOptions{.strides = value, .padding = 1}); }, clamped(-1, 9));
    add(name, "padding", shapes, [=](Inputs x, auto value) { return use(x, WindowOptions{.padding = value}); });
    using Sides = WindowPadding::Sides;
    add(name, "padding", shapes, [=, rank = shapes[0].size() - 2](Inputs x, auto value) {
      const Sides one(0, value);
      const auto padding = rank == 1   ? WindowPadding{one}
                           : rank == 2 ? WindowPadding{one, Sides(0, 0)}
                                       : WindowPadding{one, Sides(0, 0), Sides(1, 1)};
      return use(x, WindowOptions{.padding = padding});
    });
  };
  const auto add_dilation = [&](const std::string& name, const std::vector<Extents>& shapes, auto use) {
    add(name, "dilation", shapes, [=](Inputs x, auto value) { return use(x, WindowOptions{.dilation = value}); });
    add(
        name, "dilation", shapes,
        [=](Inputs x, auto value) { return use(x, WindowOptions{.padding = "same", .dilation = value}); },
        clamped(-1, 9));
  };
  const auto x_of = [](std::size_t rank) {
    Extents x(rank + 2, 4);
    x.front() = x.back() = 1;
    return x;
  };
  const auto pool = [&](std::size_t rank, const std::string& kind, auto average, auto max, auto adaptive_average,
                        auto adaptive_max) {
    const std::vector<Extents> x{x_of(rank)};
    add("average_pool" + kind, "size", x, [=](Inputs x, auto value) { return average(x[0], value, {}); });
    add(
        "average_pool" + kind, "size", x,
        [=](Inputs x, auto value) { return average(x[0], value, {.strides = 1, .padding = "same"}); }, clamped(-1, 9));
    add("max_pool" + kind, "size", x, [=](Inputs x, auto value) { return max(x[0], value, {}); });
    add(
        "max_pool" + kind, "size", x,
        [=](Inputs x, auto value) { return max(x[0], value, {.strides = 1, .padding = "same"}); }, clamped(-1, 9));
    add_motion("average_pool" + kind, x, [=](Inputs x, WindowOptions options) {
      return average(x[0], 2, {.strides = options.strides, .padding = options.padding});
    });
    const auto use_max = [=](Inputs x, WindowOptions options) {
      return max(x[0], 2, {.strides = options.strides, .padding = options.padding, .dilation = options.dilation});
    };
    add_motion("max_pool" + kind, x, use_max);
    add("max_pool" + kind, "dilation", x, [=](Inputs x, auto value) { return max(x[0], 2, {.dilation = value}); });
    add("adaptive_average_pool" + kind, "counts", x,
        [=](Inputs x, auto value) { return adaptive_average(x[0], value); });
    add("adaptive_max_pool" + kind, "counts", x, [=](Inputs x, auto value) { return adaptive_max(x[0], value); });
  };
  pool(1, "1d", average_pool1d, max_pool1d, adaptive_average_pool1d, adaptive_max_pool1d);
  pool(2, "2d", average_pool2d, max_pool2d, adaptive_average_pool2d, adaptive_max_pool2d);
  pool(3, "3d", average_pool3d, max_pool3d, adaptive_average_pool3d, adaptive_max_pool3d);
  const auto convolve = [&](std::size_t rank, const std::string& kind, auto conv, auto transpose) {
    const auto weights = [=](std::int64_t channels) {
      Extents result(rank + 2, 2);
      result[rank] = result[rank + 1] = channels;
      return result;
    };
    // Few channels and many: other kernels compute them.
    for (const std::int64_t channels : {1, 2}) {
      auto x = x_of(rank);
      x.back() = channels;
      const std::vector<Extents> shapes{x, weights(channels)};
      const auto use = [=](Inputs x, WindowOptions options) {
        return conv(x[0], x[1], {.strides = options.strides, .padding = options.padding, .dilation = options.dilation});
      };
      add_motion("conv" + kind, shapes, use);
      add_dilation("conv" + kind, shapes, use);
    }
    const std::vector<Extents> shapes{x_of(rank), weights(1)};
    add("conv" + kind, "groups", shapes, [=](Inputs x, auto value) { return conv(x[0], x[1], {.groups = value}); });
    const auto name = "conv" + kind + "_transpose";
    const auto add_transpose = [&](std::string option, auto use) { add(name, std::move(option), shapes, use); };
    add_transpose("groups", [=](Inputs x, auto value) { return transpose(x[0], x[1], {.groups = value}); });
    add_transpose("strides", [=](Inputs x, auto value) { return transpose(x[0], x[1], {.strides = value}); });
    add_transpose("strides",
                  [=](Inputs x, auto value) { return transpose(x[0], x[1], {.strides = value, .padding = "same"}); });
    add_transpose("strides",
                  [=](Inputs x, auto value) { return transpose(x[0], x[1], {.strides = value, .padding = 1}); });
    add_transpose("padding", [=](Inputs x, auto value) { return transpose(x[0], x[1], {.padding = value}); });
    add_transpose("dilation", [=](Inputs x, auto value) { return transpose(x[0], x[1], {.dilation = value}); });
    add_transpose("dilation",
                  [=](Inputs x, auto value) { return transpose(x[0], x[1], {.padding = 0, .dilation = value}); });
    add(
        name, "dilation", shapes,
        [=](Inputs x, auto value) { return transpose(x[0], x[1], {.padding = "same", .dilation = value}); },
        clamped(-1, 9));
    add_transpose("output_padding",
                  [=](Inputs x, auto value) { return transpose(x[0], x[1], {.padding = 0, .output_padding = value}); });
    add_transpose("output_padding", [=](Inputs x, auto value) {
      return transpose(x[0], x[1], {.strides = value, .padding = 0, .output_padding = value});
    });
  };
  convolve(1, "1d", conv1d, conv1d_transpose);
  convolve(2, "2d", conv2d, conv2d_transpose);
  convolve(3, "3d", conv3d, conv3d_transpose);
  for (std::size_t rank = 1; rank <= 3; ++rank) {
    add("interpolate", "sizes", {x_of(rank)}, [](Inputs x, auto value) { return interpolate(x[0], value); });
    add("interpolate", "sizes", {x_of(rank)},
        [](Inputs x, auto value) { return interpolate(x[0], value, {.method = "linear"}); });
    add("unfold", "size", {x_of(rank)}, [](Inputs x, auto value) { return unfold(x[0], value); });
    const auto unfold_options = [](Inputs x, WindowOptions options) { return unfold(x[0], 2, options); };
    add_motion("unfold", {x_of(rank)}, unfold_options);
    add_dilation("unfold", {x_of(rank)}, unfold_options);
    Extents patches(rank + 2, 3);
    patches.front() = 1;
    patches.back() = std::int64_t{1} << rank;
    const std::vector<Extents> shapes{patches};
    add("fold", "spatial", shapes, [](Inputs x, auto value) { return fold(x[0], value, 2); });
    add("fold", "spatial", shapes, [](Inputs x, auto value) { return fold(x[0], value, 2, {.strides = value}); });
    add("fold", "size", shapes, [](Inputs x, auto value) { return fold(x[0], 4, value); });
    const auto fold_options = [](Inputs x, WindowOptions options) { return fold(x[0], 4, 2, options); };
    add_motion("fold", shapes, fold_options);
    add_dilation("fold", shapes, fold_options);
  }
}

}  // namespace

Options integer_options() {
  Options all;
  add_reductions(all);
  add_axes(all);
  add_shapes(all);
  add_random(all);
  add_windows(all);
  return all;
}

std::set<std::string> parameters(const std::string& signature) {
  static const std::regex no_parameter(R"([A-Za-z]+::[a-z]+|=[^,={}(]*\([^()]*\))");  // enumerators, computed defaults
  static const std::regex parameter(R"((?:[(,{:]|\bor)\s*\.?([a-z][a-z0-9_]*)(?=\s*(?:[,=(){}:]|or\b|\.\.)))");
  const auto text = std::regex_replace(signature, no_parameter, "");
  std::set<std::string> names;
  for (std::sregex_iterator found(text.begin(), text.end(), parameter), end; found != end; ++found) {
    names.insert((*found)[1]);
  }
  names.erase(signature.substr(0, signature.find('(')));
  return names;
}

bool is_no_integer(const std::string& name, const std::string& parameter) {
  static const std::set<std::string> tensors{"anchor",
                                             "base",
                                             "condition",
                                             "counter",
                                             "direction",
                                             "dividend",
                                             "divisor",
                                             "end",
                                             "factors",
                                             "indices",
                                             "key",
                                             "left",
                                             "limit",
                                             "magnitude",
                                             "mask",
                                             "matrix",
                                             "mean",
                                             "mean_square",
                                             "gradient",
                                             "mean_weight",
                                             "mean_square_weight",
                                             "merged",
                                             "negative",
                                             "operands",
                                             "patches",
                                             "positive",
                                             "prediction",
                                             "prediction_lengths",
                                             "query",
                                             "right",
                                             "scale",
                                             "sign",
                                             "sorted",
                                             "table",
                                             "target",
                                             "target_lengths",
                                             "terms",
                                             "value",
                                             "values",
                                             "variance",
                                             "w",
                                             "b",
                                             "weight",
                                             "weights",
                                             "x",
                                             "y"};
  static const std::set<std::string> numbers{
      "alpha",  "beta",           "delta",       "distance", "epsilon", "fill", "label_smoothing",
      "margin", "negative_slope", "probability", "rate",     "rcond",   "slope"};
  // Any 64 bits are a seed.
  static const std::set<std::string> choices{
      "align_corners", "approximate", "causal",   "count_include_pad", "descending", "dtype",   "expression",
      "from_logits",   "full",        "indexing", "keepdims",          "kind",       "largest", "log_input",
      "lower",         "method",      "mode",     "reverse",           "seed"};
  static const std::set<std::string> of_operators{"lerp.start",
                                                  "batch_norm.offset",
                                                  "group_norm.offset",
                                                  "instance_norm.offset",
                                                  "layer_norm.offset",
                                                  "clip.low",
                                                  "clip.high",
                                                  "hard_tanh.low",
                                                  "hard_tanh.high",
                                                  "random_truncated_normal.low",
                                                  "random_truncated_normal.high",
                                                  "norm.order",
                                                  "power.exponent"};
  return tensors.contains(parameter) || numbers.contains(parameter) || choices.contains(parameter) ||
         of_operators.contains(name + "." + parameter);
}

}  // namespace xgrad::test
