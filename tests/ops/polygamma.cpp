#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/polygamma.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_digamma{
    "digamma",
    {
        .samples =
            [] {
              auto samples = unary_samples(digamma, 0.6, 4);
              samples.push_back(
                  {"negative", {xt::xarray<double>{-0.4, -1.6, -2.3, -7.5}}, [](auto x) { return digamma(x[0]); }});
              return samples;
            },
        .rejections = [] { return floating_rejections("digamma", digamma); },
        .points = {{{0}, -INFINITY, INFINITY},
                   {{-0.0}, INFINITY, INFINITY},
                   {{-3}, NAN, INFINITY},
                   {{INFINITY}, INFINITY, 0}},
    }};

static const RegisterSamples samples_of_polygamma{
    "polygamma",
    {
        .samples =
            [] {
              auto samples = unary_samples([](const Tensor& x) { return polygamma(1, x); }, 0.9, 4);
              for (auto& sample : samples) sample.arguments = {{"order", {1}}};
              const auto add = [&](std::string label, Array x, std::int64_t order) {
                samples.push_back({std::move(label),
                                   {std::move(x)},
                                   [=](auto inputs) { return polygamma(order, inputs[0]); },
                                   {{"order", {static_cast<double>(order)}}}});
              };
              add("order 0", sample_values({3}, 0.9, 4), 0);
              add("order 2", sample_values({3}, 1, 4), 2);
              add("order 5", sample_values({3}, 2, 4), 5);
              add("order 20", sample_values({3}, 8, 12), 20);
              add("negative", xt::xarray<double>{-0.5, -1.6, -2.4, -7.5}, 1);
              add("negative, order 2", xt::xarray<double>{-0.5, -1.6, -2.4, -7.5}, 2);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a negative order", [] { polygamma(-1, input({3})); },
                   "expected an order from 0 to 100, but got -1"},
                  {"integer input", [] { polygamma(1, input({3}, {}, DType::int32)); },
                   "polygamma: expected float32 or float64, but got int32"},
              };
            },
        .points = {{{0}, INFINITY, -INFINITY}, {{INFINITY}, 0, 0}},
    }};

}  // namespace xgrad
