#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/remainder.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples division_samples(std::string name, Tensor (*function)(const Tensor&, const Tensor&),
                                 Tensor (*by_number)(const Tensor&, Number), std::vector<SpecialPoint> points) {
  OperatorSamples all{.points = std::move(points)};
  all.samples = [=] {
    const auto build = [=](auto x) { return function(x[0], x[1]); };
    auto samples = binary_samples(function, 0.53, 4.1);
    samples.push_back({"signs", {xt::xarray<double>{5.3, -5.3, 5.3, -5.3}, xt::xarray<double>{2, 2, -2, -2}}, build});
    samples.push_back({"number right", {sample_values({2, 3})}, [=](auto x) { return by_number(x[0], 1.5); }});
    samples.push_back({"integers",
                       {xt::xarray<std::int32_t>{7, -7, 7, -7, 6, -6, 5, -2147483647 - 1},
                        xt::xarray<std::int32_t>{3, 3, -3, -3, 3, 3, 0, -1}},
                       build});
    samples.push_back(
        {"unsigned integers", {xt::xarray<std::uint8_t>{7, 250, 5}, xt::xarray<std::uint8_t>{3, 255, 0}}, build});
    return samples;
  };
  all.rejections = [=] { return binary_rejections(name, function); };
  return all;
}

}  // namespace

static const RegisterSamples samples_of_remainder{"remainder", division_samples("remainder", remainder, remainder,
                                                                                {{{5, 3}, 2, 1},
                                                                                 {{-5, 3}, 1, 1},
                                                                                 {{5, -3}, -1, 1},
                                                                                 {{6, 3}, 0, 1},
                                                                                 {{1, 0}, NAN, 1},
                                                                                 {{-1, INFINITY}, INFINITY, 1}})};

static const RegisterSamples samples_of_fmod{"fmod", division_samples("fmod", fmod, fmod,
                                                                      {{{5, 3}, 2, 1},
                                                                       {{-5, 3}, -2, 1},
                                                                       {{5, -3}, 2, 1},
                                                                       {{6, 3}, 0, 1},
                                                                       {{1, 0}, NAN, 1},
                                                                       {{-1, INFINITY}, -1, 1}})};

static const RegisterSamples samples_of_floor_divide{"floor_divide",
                                                     division_samples("floor_divide", floor_divide, floor_divide,
                                                                      {{{5, 3}, 1, 0},
                                                                       {{-5, 3}, -2, 0},
                                                                       {{6, 3}, 2, 0},
                                                                       {{1, 0}, INFINITY, 0},
                                                                       {{0, 0}, NAN, 0},
                                                                       {{-1, INFINITY}, -1, 0}})};

}  // namespace xgrad
