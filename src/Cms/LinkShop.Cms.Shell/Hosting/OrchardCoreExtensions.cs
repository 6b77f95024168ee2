using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds the content management system to an application.</summary>
    public static class OrchardCmsServiceCollectionExtensions
    {
        /// <summary>Adds it.</summary>
        /// <param name="services">The application's services.</param>
        public static OrchardCoreBuilder AddOrchardCms(this IServiceCollection services)
        {
            if (services.FirstOrDefault(d => d.ServiceType == typeof(OrchardCoreBuilder))?.ImplementationInstance is OrchardCoreBuilder known) return known;
            var builder = new OrchardCoreBuilder(services, new CmsHostOptions());
            HostServiceRegistrations.Add(builder);
            return builder;
        }

        /// <summary>Adds it and configures it.</summary>
        /// <param name="services">The application's services.</param>
        /// <param name="configure">Adds to the host and to every tenant.</param>
        public static IServiceCollection AddOrchardCms(this IServiceCollection services, Action<OrchardCoreBuilder> configure)
        {
            configure(services.AddOrchardCms());
            return services;
        }
    }

    /// <summary>Gives tenants features.</summary>
    public static class OrchardCoreBuilderExtensions
    {
        /// <summary>Gives every tenant features.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="featureIds">The features' ids.</param>
        public static OrchardCoreBuilder AddTenantFeatures(this OrchardCoreBuilder builder, params string[] featureIds)
        {
            foreach (var id in featureIds) builder.EnableFeature(id);
            return builder;
        }

        /// <summary>Gives tenants that wait for their set-up features. Here that is <c>OrchardCore.AutoSetup</c>, which acts by configuration alone.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="featureIds">The features' ids.</param>
        public static OrchardCoreBuilder AddSetupFeatures(this OrchardCoreBuilder builder, params string[] featureIds)
        {
            builder.Options.SetupFeatures.UnionWith(featureIds);
            return builder;
        }
    }
}

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Puts the content management system into an application's pipeline.</summary>
    public static class OrchardCoreApplicationBuilderExtensions
    {
        /// <summary>Answers requests by their tenant.</summary>
        /// <param name="app">The application.</param>
        /// <param name="configure">Adds middleware before that, outside of any tenant.</param>
        public static IApplicationBuilder UseOrchardCore(this IApplicationBuilder app, Action<IApplicationBuilder>? configure = null)
        {
            configure?.Invoke(app);
            return app.UseMiddleware<TenantMiddleware>();
        }
    }
}
